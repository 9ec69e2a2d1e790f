import { samplerBatch, type BatchRunner } from "./batch-runner.ts";

/** Any seed: what is compared is never given to anybody. */
const probeSeed = 1;

/**
 * Whether a patient is the same to the bit in whichever row of a run it is drawn: sixteen patients, each in every row
 * and among others in another order. Runtimes and processors may work off rows in groups with other kernels for the
 * last ones, so this is looked at where it is used, not taken for granted.
 */
export async function areRowsInterchangeable(runner: BatchRunner): Promise<boolean> {
  const first: Float32Array[] = [];
  for (let shift = 0; shift < samplerBatch; shift++) {
    for (let index = 0; index < samplerBatch; index++) {
      const conditions = new Float32Array(runner.conditionCount).fill(index / samplerBatch - 0.5);
      runner.place((index + shift) % samplerBatch, probeSeed, index, conditions);
    }
    await runner.run();
    for (let index = 0; index < samplerBatch; index++) {
      const latents = runner.latentsOf((index + shift) % samplerBatch);
      const before = (first[index] ??= latents.slice());
      if (!latents.every((value, k) => Object.is(value, before[k]))) return false;
    }
  }
  return true;
}
