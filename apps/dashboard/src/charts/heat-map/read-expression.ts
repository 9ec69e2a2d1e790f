import type { SyntheticPatient } from "@osteon/contracts";

/** Expression of chosen genes, genes × patients, NaN where unknown. */
export interface ExpressionTable {
  readonly genes: readonly string[];
  readonly patients: number;
  readonly values: Float32Array;
}

/** The genes that vary most between the patients. */
export function readExpression(patients: readonly SyntheticPatient[], mostGenes: number): ExpressionTable {
  const rows = Object.keys(patients[0]?.expression ?? {})
    .map((gene) => {
      const values = Float32Array.from(patients, ({ expression }) => expression[gene] ?? Number.NaN);
      return { gene, values, variance: varianceOf(values) };
    })
    .toSorted((a, b) => b.variance - a.variance)
    .slice(0, mostGenes);
  const values = new Float32Array(rows.length * patients.length);
  rows.forEach((row, k) => values.set(row.values, k * patients.length));
  return { genes: rows.map(({ gene }) => gene), patients: patients.length, values };
}

function varianceOf(values: Float32Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  return known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length - 1);
}
