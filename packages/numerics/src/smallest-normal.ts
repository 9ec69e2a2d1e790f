/**
 * 2⁻¹⁰²², the least positive number of full precision: what stands for a probability that rounds to 0. Not
 * `Number.MIN_VALUE`, which is subnormal: ONNX Runtime has the processor take those for 0, and leaves it so for all
 * that the thread computes afterwards.
 */
export const smallestNormal = 2 ** -1022;
