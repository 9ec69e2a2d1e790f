import { learningCurveSchema, type LearningCurve } from "@osteon/contracts";
import type { OpenedPackage } from "@osteon/registry";
import type { FamilyFit } from "./fit-family.ts";

/** Name of the package's record. */
export const learningCurveRecord = "learning_curve";

const digits = 1e6;

/** How the loss on patients held out went while a model was fitted: over epochs of a network, over ranks of a copula. */
export function learningCurveOf(training: FamilyFit["training"], rankChoice: FamilyFit["rankChoice"]): LearningCurve {
  if (training) {
    const { curve, bestEpoch } = training;
    return {
      axis: "epochs",
      unit: "loss of the network",
      at: curve.map(({ epoch }) => epoch),
      training: curve.map(({ trainingLoss }) => round(trainingLoss)),
      validation: curve.map(({ validationLoss }) => round(validationLoss)),
      chosen: bestEpoch,
    };
  }
  const candidates = rankChoice.candidates.toSorted((a, b) => a.rank - b.rank);
  return {
    axis: "factors",
    unit: "nats per patient and gene",
    at: candidates.map(({ rank }) => rank),
    training: null,
    validation: candidates.map(({ logLikelihood }) => round(-logLikelihood)),
    chosen: rankChoice.rank,
  };
}

/** What a package tells of it; null where it tells nothing. */
export function readLearningCurve({ records }: OpenedPackage): LearningCurve | null {
  return learningCurveSchema.safeParse(records[learningCurveRecord]).data ?? null;
}

function round(value: number): number {
  return Math.round(value * digits) / digits;
}
