import type { DriftReference, ReferenceVariable } from "@osteon/contracts";
import type { ComparedPatients } from "../judge-variables.ts";
import { createDistributionVariable } from "../variables/distribution-variable.ts";
import { blockScores, tiedBlockScores } from "./block-scores.ts";

/** In which block and category of the reference each patient is, −1 where unknown. */
export interface PlacedVariable {
  readonly variable: ReferenceVariable;
  readonly places: Int16Array;
  readonly categories: Int16Array;
}

/**
 * The variables of a reference beside later patients, as pooled patients that can be relabelled: of a binary variable
 * its values, of another the normal score of its category or block. Cut points that follow the reference make a relabelling differ
 * from the exact law by terms of 1/n, towards fewer alarms.
 */
export function compareWithReference(
  reference: Pick<DriftReference, "patients" | "everyone">,
  placed: readonly PlacedVariable[],
): ComparedPatients[] {
  const isOfEveryone = ({ variable }: PlacedVariable) => variable.group === "completeness";
  return [
    { patients: reference.patients, placed: placed.filter((one) => !isOfEveryone(one)) },
    { patients: reference.everyone, placed: placed.filter(isOfEveryone) },
  ].flatMap(({ patients, placed: group }) => {
    if (group.length === 0) return [];
    const variables = group.flatMap((one) => poolVariable(one, patients) ?? []);
    return [{ reference: patients, current: group[0]!.places.length, variables }];
  });
}

function poolVariable({ variable, places, categories: inCategory }: PlacedVariable, patients: number) {
  const { name, group, blocks, cuts, categories } = variable;
  // One spacing more than there are patients: it lies past the largest.
  const sizes = categories?.patients ?? blocks.with(-1, blocks.at(-1)! - 1);
  const scores = categories
    ? categories.isBinary
      ? Float64Array.of(0, 1)
      : blockScores(sizes)
    : tiedBlockScores(blocks, cuts);
  const values = new Float64Array(patients + places.length).fill(Number.NaN);
  let row = 0;
  sizes.forEach((size, k) => {
    values.fill(scores[k]!, row, row + size);
    row += size;
  });
  (categories ? inCategory : places).forEach((place, i) => {
    values[patients + i] = place < 0 ? Number.NaN : scores[place]!;
  });
  return createDistributionVariable(name, group, values);
}
