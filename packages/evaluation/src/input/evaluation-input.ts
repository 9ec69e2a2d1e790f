import { COPY_NUMBER_UNKNOWN, UNKNOWN } from "@osteon/cohort";
import type { PathwayTable } from "@osteon/features";
import { fitMetastasisModel } from "../models/metastasis-model.ts";
import { fitClinicalRisk, fitTumourRisk, type RiskModel } from "../models/risk-model.ts";
import { computeAlterationLogOdds, type AlterationLogOdds } from "./alteration-log-odds.ts";
import { correlateAllPairs, prepareProfiles } from "./correlation-profiles.ts";
import { countPatients, type EvaluationCohort } from "./evaluation-cohort.ts";
import type { EvaluationPanel } from "./evaluation-panel.ts";
import { correlateModalities, linkFeatures, type LinkedFeatures, type Modality } from "./linked-features.ts";
import { nearestFellowDistances } from "./nearest-distances.ts";
import { computeSetCoherences } from "./set-coherence.ts";

/**
 * One file under comparison, with what several metrics derive from it. Derived values are made when
 * first asked for and kept: the same held-out patients meet four candidates in each repeat.
 */
export class EvaluationInput {
  readonly cohort: EvaluationCohort;
  readonly panel: EvaluationPanel;
  readonly patientCount: number;
  #scaledExpression: Float32Array | undefined;
  #placedRows: Uint32Array | undefined;
  #placedExpression: Float32Array | undefined;
  #fellowDistances: Float64Array | undefined;
  #sortedExpression: readonly Float32Array[] | undefined;
  #pathways: PathwayTable | undefined;
  #setCoherences: Float64Array | undefined;
  #geneCorrelations: Float32Array | undefined;
  #pathwayCorrelations: Float32Array | undefined;
  #discreteFeatures: Float32Array | undefined;
  #linkedFeatures: LinkedFeatures | undefined;
  #alterationLogOdds: AlterationLogOdds | undefined;
  #clinicalRisk: RiskModel | null | undefined;
  #tumourRisk: RiskModel | null | undefined;
  #metastasisModel: RiskModel | null | undefined;
  readonly #links = new Map<string, Float32Array>();

  constructor(cohort: EvaluationCohort, panel: EvaluationPanel) {
    this.cohort = cohort;
    this.panel = panel;
    this.patientCount = countPatients(cohort);
  }

  /** Expression in deviations of the real patients from their mean, row-major; NaN where not measured. */
  get scaledExpression(): Float32Array {
    return (this.#scaledExpression ??= scaleExpression(this.cohort, this.panel));
  }

  /**
   * Rows whose expression can be placed among others: at least half of the genes measured. All rows where
   * there is no expression. A patient without a measurement is nobody's neighbour and nobody's copy.
   */
  get placedRows(): Uint32Array {
    return (this.#placedRows ??= findPlacedRows(this.scaledExpression, this.patientCount));
  }

  /** {@link scaledExpression} of the placed rows. */
  get placedExpression(): Float32Array {
    return (this.#placedExpression ??= takeRows(
      this.scaledExpression,
      this.cohort.expression.genes.length,
      this.placedRows,
    ));
  }

  /** Squared distance of each placed patient to the nearest other, in {@link scaledExpression}. */
  get fellowDistances(): Float64Array {
    return (this.#fellowDistances ??= nearestFellowDistances(
      this.placedExpression,
      this.cohort.expression.genes.length,
    ));
  }

  /** By gene: the measured values of {@link scaledExpression}, ascending. */
  get sortedExpression(): readonly Float32Array[] {
    return (this.#sortedExpression ??= sortColumns(this.scaledExpression, this.cohort.expression.genes.length));
  }

  get pathways(): PathwayTable {
    return (this.#pathways ??= this.panel.scorer.scoreTable(this.cohort.expression));
  }

  /** By measured set of the panel: the mean correlation of its gene pairs. */
  get setCoherences(): Float64Array {
    const { genes, values } = this.cohort.expression;
    return (this.#setCoherences ??= computeSetCoherences(
      prepareProfiles(
        values,
        genes.length,
        genes.map((_, j) => j),
      ),
      this.panel.measuredSets,
    ));
  }

  /** Correlations of all pairs of the panel's correlation genes. */
  get geneCorrelations(): Float32Array {
    return (this.#geneCorrelations ??= correlateAllPairs(
      prepareProfiles(
        this.cohort.expression.values,
        this.cohort.expression.genes.length,
        this.panel.correlationColumns,
      ),
    ));
  }

  /** Correlations of all pairs of pathway scores. */
  get pathwayCorrelations(): Float32Array {
    const { names, values } = this.pathways;
    return (this.#pathwayCorrelations ??= correlateAllPairs(
      prepareProfiles(
        values,
        names.length,
        Uint32Array.from(names, (_, j) => j),
      ),
    ));
  }

  /** Mutations, then copy number, of the placed rows, row-major as numbers; NaN where unknown. */
  get discreteFeatures(): Float32Array {
    return (this.#discreteFeatures ??= takeRows(
      joinDiscrete(this.cohort),
      this.cohort.mutations.genes.length + this.cohort.copyNumber.genes.length,
      this.placedRows,
    ));
  }

  /** Shrunken log-odds of all pairs of alterations. */
  get alterationLogOdds(): AlterationLogOdds {
    return (this.#alterationLogOdds ??= computeAlterationLogOdds(this.cohort));
  }

  /** Risk of death from metastasis, age and pathway scores, as learned from this file; null where it cannot be. */
  get clinicalRisk(): RiskModel | null {
    return this.#clinicalRisk === undefined ? (this.#clinicalRisk = fitClinicalRisk(this)) : this.#clinicalRisk;
  }

  /** Risk of death from pathway scores alone. */
  get tumourRisk(): RiskModel | null {
    return this.#tumourRisk === undefined ? (this.#tumourRisk = fitTumourRisk(this)) : this.#tumourRisk;
  }

  /** Metastasis at diagnosis from pathway scores. */
  get metastasisModel(): RiskModel | null {
    return this.#metastasisModel === undefined
      ? (this.#metastasisModel = fitMetastasisModel(this))
      : this.#metastasisModel;
  }

  /** Correlations between the columns of two modalities; see {@link correlateModalities}. */
  links(first: Modality, second: Modality): Float32Array {
    const key = `${first}/${second}`;
    const kept = this.#links.get(key);
    if (kept !== undefined) return kept;
    this.#linkedFeatures ??= linkFeatures(this);
    const correlations = correlateModalities(this.#linkedFeatures, first, second);
    this.#links.set(key, correlations);
    return correlations;
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

function findPlacedRows(scaled: Float32Array, rows: number): Uint32Array {
  const width = rows === 0 ? 0 : scaled.length / rows;
  return Uint32Array.from({ length: rows }, (_, row) => row).filter((row) => {
    let measured = 0;
    for (let k = row * width; k < (row + 1) * width; k++) if (!Number.isNaN(scaled[k]!)) measured++;
    return 2 * measured >= width;
  });
}

function takeRows(values: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const taken = new Float32Array(rows.length * width);
  rows.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
  return taken;
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
  const rows = countPatients(cohort);
  const joined = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < first; j++) {
      const value = mutations.values[i * first + j]!;
      joined[i * width + j] = value === UNKNOWN ? Number.NaN : value;
    }
    for (let j = first; j < width; j++) {
      const value = copyNumber.values[i * (width - first) + j - first]!;
      joined[i * width + j] = value === COPY_NUMBER_UNKNOWN ? Number.NaN : value;
    }
  }
  return joined;
}
