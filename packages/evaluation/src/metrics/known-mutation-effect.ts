import { measureLink } from "../links/known-link.ts";
import { mutationLink } from "../links/mutation-link.ts";
import { computed, missing, type Metric } from "./metric.ts";

/**
 * Size of the known effects of driver mutations on expression ({@link mutationLink}). Unlike the violation rate it does
 * not round a patient to yes or no, and unlike agreement it needs no effect of the few held-out patients.
 */
export const knownMutationEffect: Metric = {
  name: "known_mutation_effect",
  title: "driver mutations have their effect",
  group: "biology",
  unit: "deviations",
  better: "higher",
  compute: ({ candidate }) => {
    const effect = measureLink(mutationLink, candidate);
    return effect === null
      ? missing("no driver mutation of known effect is carried by some patients and not by others")
      : computed(effect);
  },
};
