import type { Cohort } from "@osteon/cohort";
import { leastPatients } from "./release-gate.ts";

/** What cannot be said of a cohort, whatever the model, in sentences. */
export function describeLimits(cohort: Cohort): readonly string[] {
  const { clinical, expression, mutations, copyNumber } = cohort;
  const patients = cohort.patientIds.length;
  const limits: string[] = [];
  if (patients < leastPatients) {
    limits.push(
      `There are ${patients} patients, fewer than ${leastPatients}: no gate can be passed, and what stands here is a hint.`,
    );
  }
  const known = clinical.event.filter((event) => event >= 0);
  const deaths = known.filter((event) => event === 1).length;
  if (known.length === 0) limits.push("Nobody's survival is known: nothing can be said of it.");
  else if (deaths === 0) {
    limits.push(
      "Nobody died: survival cannot be compared by hazard ratios, and its curves say only how long follow-up was.",
    );
  }
  for (const [code, stratum] of [
    [1, "metastatic"],
    [0, "localised"],
  ] as const) {
    if (!clinical.metastasis.includes(code)) {
      limits.push(`No patient is known to be ${stratum} at diagnosis: nothing can be said of such patients.`);
    }
  }
  const constant = countConstantGenes(expression.values, expression.genes.length);
  if (constant > 0) {
    limits.push(`${constant} of ${expression.genes.length} expression genes do not vary: they enter no correlation.`);
  }
  for (const [table, name] of [
    [mutations, "mutations"],
    [copyNumber, "copy number"],
    [expression, "expression"],
  ] as const) {
    if (table.genes.length === 0) limits.push(`There is no ${name}: nothing can be said of it.`);
  }
  return limits;
}

function countConstantGenes(values: Float32Array, width: number): number {
  let constant = 0;
  for (let j = 0; j < width; j++) {
    let first = Number.NaN;
    let varies = false;
    for (let k = j; k < values.length && !varies; k += width) {
      if (Number.isNaN(first)) first = values[k]!;
      else varies = !Number.isNaN(values[k]!) && values[k] !== first;
    }
    if (!varies) constant++;
  }
  return constant;
}
