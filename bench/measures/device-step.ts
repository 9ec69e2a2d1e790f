import { AdamW, defaultTrainingOptions, gradientName, initialiseWeights, lossName, openSession } from "@osteon/network";
import type { Device } from "@osteon/network";
import { buildLoss, encodeReferenceStep, type NetworkKind } from "./reference-networks.ts";
import { drawInputs } from "./training-step.ts";

export interface DeviceStep {
  readonly kind: NetworkKind;
  readonly batch: number;
  readonly width: number;
  readonly milliseconds: number;
}

const rounds = 3;

/** Wall-clock time of one training step of a reference network. Throws `network.device` where the device is not there. */
export async function measureDeviceStep(
  kind: NetworkKind,
  batch: number,
  width: number,
  device: Device,
): Promise<DeviceStep> {
  const graph = encodeReferenceStep(kind, batch, width);
  const optimiser = new AdamW(
    graph.parameters,
    initialiseWeights(buildLoss(kind, batch, width), 1),
    defaultTrainingOptions,
  );
  const session = await openSession(graph, { device });
  const gradients = Object.entries(optimiser.gradients).map(([name, values]) => [gradientName(name), values] as const);
  const run = session.bind(
    { ...drawInputs(graph.inputs), ...optimiser.weights },
    { [lossName]: new Float32Array(1), ...Object.fromEntries(gradients) },
  );
  const steps = width > 1000 ? 7 : 50;
  let milliseconds = Infinity;
  for (let round = 0; round < rounds; round++) {
    const times: number[] = [];
    for (let step = 0; step < steps; step++) {
      const start = performance.now();
      await run();
      optimiser.update(1e-4);
      times.push(performance.now() - start);
    }
    milliseconds = Math.min(milliseconds, times.sort((a, b) => a - b)[Math.floor(steps / 2)]!);
  }
  await session.release();
  return { kind, batch, width, milliseconds };
}
