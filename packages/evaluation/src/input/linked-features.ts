import { COPY_NUMBER_UNKNOWN, UNKNOWN, type ClinicalTable } from "@osteon/cohort";
import { driverMutationGenes } from "@osteon/features";
import { correlateProfiles, prepareProfiles, type CorrelationProfiles } from "./correlation-profiles.ts";
import type { EvaluationInput } from "./evaluation-input.ts";
import { computeMartingaleResiduals } from "./martingale-residuals.ts";

/** Parts of a patient's record between which links are measured. */
const modalities = ["clinical", "mutations", "copyNumber", "expression", "pathways"] as const;
export type Modality = (typeof modalities)[number];

/** The parts of a file side by side, ready for correlations between them. */
export interface LinkedFeatures {
  readonly profiles: CorrelationProfiles;
  /** First column of each modality, and the one after its last. */
  readonly columns: Readonly<Record<Modality, readonly [from: number, to: number]>>;
}

interface Columns {
  readonly width: number;
  readonly read: (row: number, column: number) => number;
}

/**
 * Clinical: metastasis, age and the martingale residual of survival (deaths less those expected: survival as one
 * number that censoring does not spoil). Mutations: of drivers, since the many passengers carry noise alone.
 * Copy number: levels. Expression: the panel's correlation genes. Pathways: single-sample scores.
 */
export function linkFeatures(input: EvaluationInput): LinkedFeatures {
  const { cohort, panel, pathways, patientCount } = input;
  const { mutations, copyNumber, expression } = cohort;
  const drivers = Array.from(mutations.genes.keys()).filter((j) => driverMutationGenes.includes(mutations.genes[j]!));
  const parts: Readonly<Record<Modality, Columns>> = {
    clinical: clinicalColumns(cohort.clinical),
    mutations: {
      width: drivers.length,
      read: (row, k) => knownCode(mutations.values[row * mutations.genes.length + drivers[k]!]!, UNKNOWN),
    },
    copyNumber: {
      width: copyNumber.genes.length,
      read: (row, j) => knownCode(copyNumber.values[row * copyNumber.genes.length + j]!, COPY_NUMBER_UNKNOWN),
    },
    expression: {
      width: panel.correlationColumns.length,
      read: (row, k) => expression.values[row * expression.genes.length + panel.correlationColumns[k]!]!,
    },
    pathways: {
      width: pathways.names.length,
      read: (row, j) => pathways.values[row * pathways.names.length + j]!,
    },
  };
  const width = modalities.reduce((sum, modality) => sum + parts[modality].width, 0);
  const joined = new Float32Array(patientCount * width);
  const columns = {} as Record<Modality, readonly [number, number]>;
  let from = 0;
  for (const modality of modalities) {
    const part = parts[modality];
    for (let i = 0; i < patientCount; i++) {
      for (let j = 0; j < part.width; j++) joined[i * width + from + j] = part.read(i, j);
    }
    columns[modality] = [from, from + part.width];
    from += part.width;
  }
  const all = Uint32Array.from({ length: width }, (_, j) => j);
  return { profiles: prepareProfiles(joined, width, all), columns };
}

/** Correlations of each column of one modality with each of another, row-major; NaN where one does not exist. */
export function correlateModalities(features: LinkedFeatures, first: Modality, second: Modality): Float32Array {
  const [fromA, toA] = features.columns[first];
  const [fromB, toB] = features.columns[second];
  const correlations = new Float32Array((toA - fromA) * (toB - fromB));
  let k = 0;
  for (let a = fromA; a < toA; a++) {
    for (let b = fromB; b < toB; b++) correlations[k++] = correlateProfiles(features.profiles, a, b);
  }
  return correlations;
}

function clinicalColumns(clinical: ClinicalTable): Columns {
  const residuals = computeMartingaleResiduals(clinical);
  const readers = [
    (row: number) => knownCode(clinical.metastasis[row]!, UNKNOWN),
    (row: number) => clinical.ageYears[row]!,
    (row: number) => residuals[row]!,
  ];
  return { width: readers.length, read: (row, column) => readers[column]!(row) };
}

function knownCode(code: number, unknown: number): number {
  return code === unknown ? Number.NaN : code;
}
