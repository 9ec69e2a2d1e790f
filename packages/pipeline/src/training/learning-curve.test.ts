import { learningCurveSchema } from "@osteon/contracts";
import type { OpenedPackage } from "@osteon/registry";
import { expect, it } from "vitest";
import { learningCurveOf, learningCurveRecord, readLearningCurve } from "./learning-curve.ts";

const ranks = {
  rank: 2,
  candidates: [
    { rank: 4, logLikelihood: -1.2 },
    { rank: 0, logLikelihood: -1.5 },
    { rank: 2, logLikelihood: -1.21 },
  ],
};
const training = {
  epochs: 2,
  bestEpoch: 1,
  stoppedEarly: false,
  initialValidationLoss: 3,
  bestValidationLoss: 2,
  steps: 2,
  parameters: 10,
  curve: [
    { epoch: 0, trainingLoss: 2.9, validationLoss: 2.5 },
    { epoch: 1, trainingLoss: 1.9, validationLoss: 2.0000004 },
  ],
};

it("is a loss over ranks for a copula, and over epochs for a network", () => {
  expect(learningCurveSchema.parse(learningCurveOf(undefined, ranks))).toEqual({
    axis: "factors",
    unit: "nats per patient and gene",
    at: [0, 2, 4],
    training: null,
    validation: [1.5, 1.21, 1.2],
    chosen: 2,
  });
  expect(learningCurveOf(training, ranks)).toMatchObject({
    axis: "epochs",
    at: [0, 1],
    training: [2.9, 1.9],
    validation: [2.5, 2],
    chosen: 1,
  });
});

it("is read from a package's records, and none from what is no curve", () => {
  const packageWith = (records: Record<string, unknown>) => ({ records }) as unknown as OpenedPackage;
  const curve = learningCurveOf(undefined, ranks);
  expect(readLearningCurve(packageWith({ [learningCurveRecord]: curve }))).toEqual(curve);
  expect(readLearningCurve(packageWith({}))).toBeNull();
  expect(readLearningCurve(packageWith({ [learningCurveRecord]: { axis: "time" } }))).toBeNull();
});
