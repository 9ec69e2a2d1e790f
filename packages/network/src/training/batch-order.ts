import { RandomStream, streamId } from "@osteon/numerics";

const stream = streamId("network/batch-order");

/**
 * The rows of batch `step`: the step-th piece of an endless row of permutations of 0 … count − 1, so that every row
 * comes once before any comes again, whatever the batch size. Depends on its arguments only.
 */
export function drawBatch(seed: number, step: number, batchSize: number, count: number): Uint32Array {
  const rows = new Uint32Array(batchSize);
  let known = -1;
  let order = new Uint32Array(0);
  for (let i = 0; i < batchSize; i++) {
    const position = step * batchSize + i;
    const round = Math.floor(position / count);
    if (round !== known) {
      order = new RandomStream(seed, stream, round).permutation(count) as Uint32Array<ArrayBuffer>;
      known = round;
    }
    rows[i] = order[position % count]!;
  }
  return rows;
}
