import { clinicalLink } from "../links/clinical-link.ts";
import { measureLink } from "../links/known-link.ts";
import { computed, missing, type Metric } from "./metric.ts";

/**
 * Do tumours that are known to fare worse belong to patients who do ({@link clinicalLink})? Needs nothing of the few
 * held-out patients, and so sees a clinical table that went to other patients sooner than agreement does.
 */
export const knownPrognosticEffect: Metric = {
  name: "known_prognostic_effect",
  title: "bad tumours go with bad courses",
  group: "condition",
  unit: "r",
  better: "higher",
  compute: ({ candidate }) => {
    const effect = measureLink(clinicalLink, candidate);
    return effect === null
      ? missing("no prognostic signature is measured in patients of known metastasis or survival")
      : computed(effect);
  },
};
