import type { ServedModel } from "@osteon/service";

/** The model on air, as its sealed package tells. */
export interface ModelOnAir {
  readonly modelVersion: string;
  /** Null where the model did not come from a package. */
  readonly family: string | null;
  readonly trainedOnSimulatedPatients: boolean;
  /** Calibrated biological score with its bounds; null where none is told, as of a model with differential privacy. */
  readonly calibratedScore: {
    readonly value: number;
    readonly lower: number | null;
    readonly upper: number | null;
  } | null;
  /** Null: cannot be told, which is no pass. */
  readonly gatePassed: boolean | null;
}

/** What a service's model tells of itself; null while there is none. */
export function describeModelOnAir(model: ServedModel | undefined): ModelOnAir | null {
  if (model === undefined) return null;
  const { modelVersion, trainedOnSimulatedPatients, description } = model;
  return {
    modelVersion,
    family: description?.family ?? null,
    trainedOnSimulatedPatients,
    calibratedScore: description?.evaluation?.biological_score ?? null,
    gatePassed: description?.evaluation?.gate.passed ?? null,
  };
}
