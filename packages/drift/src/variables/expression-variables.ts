import type { Cohort } from "@osteon/cohort";
import { createDistributionVariable } from "./distribution-variable.ts";
import type { DriftVariable } from "./drift-variable.ts";
import { createJointVariable } from "./joint-variable.ts";

/** A gene known in a smaller share of the pooled patients with expression is left out. */
const fewestKnown = 0.8;

/**
 * The genes that both cohorts measure and that vary most over the pooled patients, each for itself and all
 * jointly. None where the cohorts' units differ.
 */
export function listExpressionVariables(
  reference: Cohort,
  current: Cohort,
  mostGenes: number,
): (DriftVariable | undefined)[] {
  if (reference.expression.unit !== current.expression.unit) return [];
  const pooled = poolExpression(reference, current);
  const chosen = chooseGenes(pooled, mostGenes);
  const single = chosen.map((j) => {
    const values = Float64Array.from(pooled.rows.keys(), (row) => pooled.value(row, j));
    return createDistributionVariable(`expression of ${pooled.genes[j]!}`, "expression", values);
  });
  const scaled = new Float32Array(pooled.rows.length * chosen.length).fill(Number.NaN);
  chosen.forEach((j, k) => {
    const { mean, deviation } = pooled.describe(j);
    pooled.rows.forEach((_, row) => (scaled[row * chosen.length + k] = (pooled.value(row, j) - mean) / deviation));
  });
  const measured = [...pooled.rows.keys()].filter((row) =>
    chosen.some((_, k) => !Number.isNaN(scaled[row * chosen.length + k]!)),
  );
  return [...single, createJointVariable("expression", scaled, chosen.length, measured)];
}

/** Expression of the shared genes over the patients of both cohorts, those of the reference first. */
interface PooledExpression {
  readonly genes: readonly string[];
  readonly rows: readonly unknown[];
  readonly value: (row: number, gene: number) => number;
  /** Of the known values of a gene; the deviation is 0 where it does not vary. */
  readonly describe: (gene: number) => { readonly known: number; readonly mean: number; readonly deviation: number };
}

function poolExpression(reference: Cohort, current: Cohort): PooledExpression {
  const places = new Map(current.expression.genes.map((gene, j) => [gene, j]));
  const shared = reference.expression.genes.flatMap((gene, j) => {
    const other = places.get(gene);
    return other === undefined ? [] : [{ gene, sides: [j, other] as const }];
  });
  const rows = [
    ...reference.patientIds.map((_, row) => ({ cohort: reference, side: 0, row }) as const),
    ...current.patientIds.map((_, row) => ({ cohort: current, side: 1, row }) as const),
  ];
  const value = (row: number, gene: number) => {
    const place = rows[row]!;
    const { genes, values } = place.cohort.expression;
    return values[place.row * genes.length + shared[gene]!.sides[place.side]]!;
  };
  const describe = (gene: number) => {
    let known = 0;
    let mean = 0;
    let squares = 0;
    for (let row = 0; row < rows.length; row++) {
      const x = value(row, gene);
      if (Number.isNaN(x)) continue;
      known++;
      const before = x - mean;
      mean += before / known;
      squares += before * (x - mean);
    }
    return { known, mean, deviation: known < 2 ? 0 : Math.sqrt(squares / (known - 1)) };
  };
  return { genes: shared.map(({ gene }) => gene), rows, value, describe };
}

function chooseGenes({ genes, describe }: PooledExpression, mostGenes: number): number[] {
  const described = genes.map((_, gene) => ({ gene, ...describe(gene) }));
  const most = described.reduce((largest, { known }) => Math.max(largest, known), 0);
  return described
    .filter(({ known, deviation }) => known >= fewestKnown * most && deviation > 1e-6)
    .sort((a, b) => b.deviation - a.deviation || a.gene - b.gene)
    .slice(0, mostGenes)
    .map(({ gene }) => gene);
}
