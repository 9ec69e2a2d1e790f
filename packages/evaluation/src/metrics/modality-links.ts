import type { Modality } from "../input/linked-features.ts";
import { agreementOf } from "./agreement-metric.ts";
import type { Metric } from "./metric.ts";

/** All correlations between the columns of two modalities: none are left where rows of one went to other patients. */
function linkOf(
  description: Pick<Metric, "name" | "title" | "group"> & { readonly between: readonly [Modality, Modality] },
): Metric {
  const { between, ...rest } = description;
  const [first, second] = between;
  return agreementOf({
    ...rest,
    over: "correlations between the two parts of the record",
    effects: (input) => input.links(first, second),
  });
}

/** Effects of alterations on expression. With the clinical links, every pair of modalities is held to the real one. */
export const molecularLinks: readonly Metric[] = [
  linkOf({
    name: "mutation_expression_agreement",
    title: "mutations move the same genes",
    group: "biology",
    between: ["mutations", "expression"],
  }),
  linkOf({
    name: "mutation_pathway_agreement",
    title: "mutations move the same pathways",
    group: "biology",
    between: ["mutations", "pathways"],
  }),
  linkOf({
    name: "copy_number_expression_agreement",
    title: "gains move the same genes",
    group: "biology",
    between: ["copyNumber", "expression"],
  }),
];

/** What metastasis, age and survival go with. */
export const clinicalLinks: readonly Metric[] = [
  linkOf({
    name: "clinical_pathway_agreement",
    title: "course goes with same pathways",
    group: "condition",
    between: ["clinical", "pathways"],
  }),
  linkOf({
    name: "clinical_mutation_agreement",
    title: "course goes with same mutations",
    group: "condition",
    between: ["clinical", "mutations"],
  }),
  linkOf({
    name: "clinical_copy_number_agreement",
    title: "course goes with the same gains",
    group: "condition",
    between: ["clinical", "copyNumber"],
  }),
];
