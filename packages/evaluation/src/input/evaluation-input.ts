import { COPY_NUMBER_UNKNOWN, UNKNOWN } from "@osteon/cohort";
import type { PathwayTable } from "@osteon/features";
import { correlateAllPairs, prepareProfiles, type CorrelationProfiles } from "./correlation-profiles.ts";
import { countPatients, type EvaluationCohort } from "./evaluation-cohort.ts";
import type { EvaluationPanel } from "./evaluation-panel.ts";

/**
 * One file under comparison, with what several metrics derive from it. Derived values are made when
 * first asked for and kept: the same held-out patients meet four candidates in each repeat.
 */
export class EvaluationInput {
  readonly cohort: EvaluationCohort;
  readonly panel: EvaluationPanel;
  readonly patientCount: number;
  #scaledExpression: Float32Array | undefined;
  #sortedExpression: readonly Float32Array[] | undefined;
  #pathways: PathwayTable | undefined;
  #profiles: CorrelationProfiles | undefined;
  #geneCorrelations: Float32Array | undefined;
  #pathwayCorrelations: Float32Array | undefined;
  #discreteFeatures: Float32Array | undefined;

  constructor(cohort: EvaluationCohort, panel: EvaluationPanel) {
    this.cohort = cohort;
    this.panel = panel;
    this.patientCount = countPatients(cohort);
  }

  /** Expression in training deviations from the training mean, row-major; NaN where not measured. */
  get scaledExpression(): Float32Array {
    return (this.#scaledExpression ??= scaleExpression(this.cohort, this.panel));
  }

  /** By gene: the measured values of {@link scaledExpression}, ascending. */
  get sortedExpression(): readonly Float32Array[] {
    return (this.#sortedExpression ??= sortColumns(this.scaledExpression, this.cohort.expression.genes.length));
  }

  get pathways(): PathwayTable {
    return (this.#pathways ??= this.panel.scorer.scoreTable(this.cohort.expression));
  }

  /** All expression genes, prepared for correlations. */
  get profiles(): CorrelationProfiles {
    const width = this.cohort.expression.genes.length;
    return (this.#profiles ??= prepareProfiles(this.cohort.expression.values, width, Uint32Array.from({ length: width }, (_, j) => j)));
  }

  /** Correlations of all pairs of the panel's correlation genes. */
  get geneCorrelations(): Float32Array {
    return (this.#geneCorrelations ??= correlateAllPairs(
      prepareProfiles(this.cohort.expression.values, this.cohort.expression.genes.length, this.panel.correlationColumns),
    ));
  }

  /** Correlations of all pairs of pathway scores. */
  get pathwayCorrelations(): Float32Array {
    const { names, values } = this.pathways;
    return (this.#pathwayCorrelations ??= correlateAllPairs(
      prepareProfiles(values, names.length, Uint32Array.from(names, (_, j) => j)),
    ));
  }

  /** Mutations, then copy number, row-major as numbers; NaN where unknown. */
  get discreteFeatures(): Float32Array {
    return (this.#discreteFeatures ??= joinDiscrete(this.cohort));
  }
}

function scaleExpression({ expression }: EvaluationCohort, panel: EvaluationPanel): Float32Array {
  const width = expression.genes.length;
  const scaled = new Float32Array(expression.values.length);
  for (let start = 0; start < scaled.length; start += width) {
    for (let j = 0; j < width; j++) {
      scaled[start + j] = (expression.values[start + j]! - panel.expressionMeans[j]!) / panel.expressionDeviations[j]!;
    }
  }
  return scaled;
}

function sortColumns(values: Float32Array, width: number): readonly Float32Array[] {
  const rows = width === 0 ? 0 : values.length / width;
  return Array.from({ length: width }, (_, j) => {
    const column = new Float32Array(rows);
    let count = 0;
    for (let i = 0; i < rows; i++) {
      const value = values[i * width + j]!;
      if (!Number.isNaN(value)) column[count++] = value;
    }
    return column.subarray(0, count).sort();
  });
}

function joinDiscrete(cohort: EvaluationCohort): Float32Array {
  const { mutations, copyNumber } = cohort;
  const first = mutations.genes.length;
  const width = first + copyNumber.genes.length;
  const joined = new Float32Array(countPatients(cohort) * width);
  for (let k = 0; k < joined.length; k++) {
    const row = Math.floor(k / width);
    const j = k % width;
    const mutation = j < first;
    const value = mutation ? mutations.values[row * first + j]! : copyNumber.values[row * (width - first) + j - first]!;
    joined[k] = value === (mutation ? UNKNOWN : COPY_NUMBER_UNKNOWN) ? Number.NaN : value;
  }
  return joined;
}
