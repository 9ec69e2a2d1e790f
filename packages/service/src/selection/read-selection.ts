import { answerQuerySchema, describeAllowedValues, type AnswerQuery, type FieldProblem } from "@osteon/contracts";
import { RefusedFields } from "../refused-fields.ts";
import type { ModelVocabulary } from "./model-vocabulary.ts";
import { nearestNames } from "./nearest-names.ts";
import { carries } from "./select-columns.ts";
import type { Selection } from "./selection.ts";

/** Wrong names that a refusal tells of one by one. */
const mostTold = 5;
const mostHints = 3;

/**
 * Holds a query against the names of the model.
 *
 * @returns undefined where nothing is chosen, so that everything is given
 * @throws RefusedFields naming the place of each unknown name in its list, never the name
 */
export function readSelection(query: AnswerQuery, vocabulary: ModelVocabulary): Selection | undefined {
  const { genes, pathways, parts } = query;
  if (genes === undefined && pathways === undefined && parts === undefined) return undefined;
  const selection: Selection = { ...(genes && { genes }), ...(pathways && { pathways }), ...(parts && { parts }) };
  const known = (["mutations", "copy_number", "expression"] as const)
    .filter((part) => carries(selection, part))
    .flatMap((part) => vocabulary[part]);
  const problems = [
    ...findUnknown("genes", genes ?? [], known),
    ...findUnknown("pathways", pathways ?? [], carries(selection, "pathways") ? vocabulary.pathways : []),
  ];
  if (problems.length > 0) throw new RefusedFields(problems);
  return selection;
}

function findUnknown(
  field: "genes" | "pathways",
  names: readonly string[],
  known: readonly string[],
): readonly FieldProblem[] {
  const distinct = [...new Set(known)];
  const isKnown = new Set(distinct);
  const unknown = [...names.keys()].filter((at) => !isKnown.has(names[at]!));
  const allowed = `${describeAllowedValues(answerQuerySchema.shape[field])}; GET /models/current lists them`;
  const problems = unknown.slice(0, mostTold).map((at) => {
    const meant = nearestNames(names[at]!, distinct, mostHints);
    const hint = meant.length === 0 ? "" : `; near to it: ${meant.join(", ")}`;
    return { field, allowed, problem: `name ${at + 1} is in no part that the answer carries${hint}` };
  });
  const untold = unknown.length - problems.length;
  return untold === 0
    ? problems
    : [...problems, { field, allowed, problem: `${untold} more of its names are in no part that the answer carries` }];
}
