import type { DriftReference, ReferenceVariable } from "@osteon/contracts";
import { normalQuantile } from "@osteon/numerics";
import type { ComparedPatients } from "../judge-variables.ts";
import { createDistributionVariable } from "../variables/distribution-variable.ts";

/** In which block of the reference each patient is, −1 where unknown. */
export interface PlacedVariable {
  readonly variable: ReferenceVariable;
  readonly places: Int16Array;
}

/**
 * The variables of a reference beside later patients, as pooled patients that can be relabelled: of a binary variable
 * its values, of another the normal score of its block. Cut points that follow the reference make a relabelling differ
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

function poolVariable({ variable, places }: PlacedVariable, patients: number) {
  const { name, group, blocks, isBinary } = variable;
  const scores = isBinary ? Float64Array.of(0, 1) : blockScores(blocks);
  const values = new Float64Array(patients + places.length).fill(Number.NaN);
  let row = 0;
  blocks.forEach((spacings, b) => {
    // One spacing more than there are patients: it lies past the largest.
    const inBlock = b === blocks.length - 1 ? spacings - 1 : spacings;
    values.fill(scores[b]!, row, row + inBlock);
    row += inBlock;
  });
  places.forEach((block, i) => (values[patients + i] = block < 0 ? Number.NaN : scores[block]!));
  return createDistributionVariable(name, group, values);
}

/** Standard normal quantile of the middle of each block. */
export function blockScores(blocks: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let b = 0; b < blocks.length; b++) total += blocks[b]!;
  let below = 0;
  return Float64Array.from(blocks, (size) => {
    const score = normalQuantile((below + size / 2) / total);
    below += size;
    return score;
  });
}
