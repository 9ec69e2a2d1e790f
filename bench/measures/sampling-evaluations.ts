import { add, encodeGraph, input, initialiseWeights, multiply, openSession, subtract } from "@osteon/network";
import { measureCpuTime } from "./cpu-time.ts";
import { buildDenoiser, conditionWidth } from "./reference-networks.ts";

/** Processor time of 50 evaluations of the denoiser, each with the sampler's step of x, which is part of the graph. */
export async function measureSampling(patients: number, width: number): Promise<number> {
  const x = input("x", ["batch", width]);
  const denoiser = buildDenoiser(x);
  const next = add(x, multiply(subtract(denoiser, x), input("share", [])));
  const session = await openSession(encodeGraph({ next }, initialiseWeights(next, 1)));
  const [from, to] = [0, 1].map(() => Float32Array.from({ length: patients * width }, (_, i) => Math.sin(i)));
  const condition = new Float32Array(patients * conditionWidth).fill(0.5);
  const share = Float32Array.of(0.1);
  const sizes = { batch: patients };
  const steps = [
    session.bind({ x: from!, condition, share }, { next: to! }, sizes),
    session.bind({ x: to!, condition, share }, { next: from! }, sizes),
  ];
  const time = await measureCpuTime(
    async () => {
      for (let k = 0; k < 50; k++) await steps[k % 2]!();
    },
    patients > 1 ? 3 : 15,
  );
  await session.release();
  return time;
}
