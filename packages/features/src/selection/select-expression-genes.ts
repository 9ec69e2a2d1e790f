import type { ExpressionTable } from "@osteon/cohort";
import type { ExpressionExclusions, FeatureOptions } from "./feature-state.ts";

interface Candidate {
  readonly gene: string;
  readonly measured: number;
  readonly variance: number;
}

/** Genes measured in enough patients and not constant; if too many, the most variable (or, of z-scores, the most measured). */
export function selectExpressionGenes(
  table: ExpressionTable,
  patientCount: number,
  options: Required<FeatureOptions>,
): { readonly genes: string[]; readonly excluded: ExpressionExclusions } {
  let tooFewMeasured = 0;
  let constant = 0;
  const candidates: Candidate[] = [];
  for (const candidate of describeGenes(table, patientCount)) {
    // The tolerance keeps 4 of 5 patients at a share of 0.8, whatever rounding says.
    if (candidate.measured < options.minimumMeasuredShare * patientCount - 1e-9) tooFewMeasured++;
    else if (!(candidate.variance > 0)) constant++;
    else candidates.push(candidate);
  }
  // Scores scaled to variance 1 differ in variance only by rounding, which must not choose genes.
  candidates.sort(table.unit === "z-score" ? byMeasured : byVariance);
  const kept = candidates.slice(0, options.maximumExpressionGenes);
  return {
    genes: kept.map(({ gene }) => gene),
    excluded: { tooFewMeasured, constant, overMaximum: candidates.length - kept.length },
  };
}

function* describeGenes(table: ExpressionTable, patientCount: number): Generator<Candidate> {
  const width = table.genes.length;
  const measured = new Uint32Array(width);
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  // Welford's updates, row by row as the table lies in memory.
  for (let i = 0; i < patientCount; i++) {
    for (let j = 0; j < width; j++) {
      const value = table.values[i * width + j]!;
      if (Number.isNaN(value)) continue;
      const count = ++measured[j]!;
      const step = value - means[j]!;
      means[j]! += step / count;
      squares[j]! += step * (value - means[j]!);
    }
  }
  for (let j = 0; j < width; j++) {
    const count = measured[j]!;
    yield { gene: table.genes[j]!, measured: count, variance: count < 2 ? 0 : squares[j]! / (count - 1) };
  }
}

function byVariance(a: Candidate, b: Candidate): number {
  return b.variance - a.variance || byName(a, b);
}

function byMeasured(a: Candidate, b: Candidate): number {
  return b.measured - a.measured || byName(a, b);
}

function byName(a: Candidate, b: Candidate): number {
  return a.gene < b.gene ? -1 : a.gene > b.gene ? 1 : 0;
}
