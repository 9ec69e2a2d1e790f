import { shareOfSigns } from "./sign-agreement.ts";
import { computed, missing, type Metric } from "./metric.ts";

/** Weighted share of the effects of driver mutations on pathway scores that have the reference's direction. */
export const mutationPathwaySigns: Metric = {
  name: "mutation_pathway_sign_agreement",
  title: "mutations push pathways one way",
  group: "biology",
  unit: "share",
  better: "higher",
  compute: ({ reference, candidate }) => {
    const share = shareOfSigns(reference.links("mutations", "pathways"), candidate.links("mutations", "pathways"));
    return share === null ? missing("no driver mutation varies beside a scored pathway") : computed(share);
  },
};
