import type { RandomStream } from "@osteon/numerics";

/** `size` different rows of 0 … count − 1, in random order. */
export function chooseRows(count: number, size: number, random: RandomStream): Uint32Array {
  return random.permutation(count).slice(0, size);
}

/** `size` rows with replacement: of training patients, the photocopy of evaluation.md, a perfect memory. */
export function resampleRows(count: number, size: number, random: RandomStream): Uint32Array {
  return Uint32Array.from({ length: size }, () => random.nextInteger(count));
}
