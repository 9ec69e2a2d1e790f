import type { Modality } from "../input/linked-features.ts";
import { agreementOf } from "./agreement-metric.ts";
import type { Metric, MetricGroup } from "./metric.ts";

/** All correlations between the columns of two modalities: none are left where rows of one went to other patients. */
function linkOf(
  group: MetricGroup,
  first: Modality,
  second: Modality,
  words: { readonly name: string; readonly title: string },
): Metric {
  return agreementOf({
    ...words,
    group,
    over: "correlations between the two parts of the record",
    effects: (input) => input.links(first, second),
  });
}

/** Effects of alterations on expression. With the clinical links, every pair of modalities is held to the real one. */
export const molecularLinks: readonly Metric[] = [
  linkOf("biology", "mutations", "expression", {
    name: "mutation_expression_agreement",
    title: "mutations move the same genes",
  }),
  linkOf("biology", "mutations", "pathways", {
    name: "mutation_pathway_agreement",
    title: "mutations move the same pathways",
  }),
  linkOf("biology", "copyNumber", "expression", {
    name: "copy_number_expression_agreement",
    title: "gains move the same genes",
  }),
];

/** What metastasis, age and survival go with. */
export const clinicalLinks: readonly Metric[] = [
  linkOf("condition", "clinical", "pathways", {
    name: "clinical_pathway_agreement",
    title: "course goes with same pathways",
  }),
  linkOf("condition", "clinical", "mutations", {
    name: "clinical_mutation_agreement",
    title: "course goes with same mutations",
  }),
  linkOf("condition", "clinical", "copyNumber", {
    name: "clinical_copy_number_agreement",
    title: "course goes with the same gains",
  }),
];
