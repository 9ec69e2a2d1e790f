import { initialiseWeights, train, type TrainingResult, type WorkerContext } from "@osteon/network";
import { buildLoss, encodeReferenceStep } from "../measures/reference-networks.ts";

/** Trains the full denoiser at batch 64 on noise until its signal is aborted. */
export async function trainUntilAborted(_: number, { signal, report }: WorkerContext<number>): Promise<TrainingResult> {
  const batch = 64;
  const width = 5_116;
  return train({
    step: encodeReferenceStep("denoiser", batch, width),
    initial: initialiseWeights(buildLoss("denoiser", batch, width), 1),
    data: {
      stepsPerEpoch: 10,
      fillStep: (step, inputs) => Object.values(inputs).forEach((values) => values.fill(((step % 7) - 3) / 4)),
    },
    options: { epochs: 100_000 },
    signal,
    onEpoch: ({ step }) => report(step),
  });
}
