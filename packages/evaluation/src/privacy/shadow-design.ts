import { RandomStream, streamId } from "@osteon/numerics";

/**
 * Who is in which shadow model: each block of `folds` shadows divides the patients at random into as many
 * folds, and leaves one out of each. All shadows are of one size (or one apart), and each patient is out of
 * exactly one of every block.
 *
 * @param shadows a multiple of `folds`
 * @returns row-major, shadows × patients; 1 in, 0 out
 */
export function designShadows(patients: number, shadows: number, folds: number, seed: number): Uint8Array {
  const isIn = new Uint8Array(shadows * patients).fill(1);
  for (let block = 0; block * folds < shadows; block++) {
    const order = new RandomStream(seed, streamId("privacy/shadow-design"), block).permutation(patients);
    // Which folds get one patient more changes from block to block.
    order.forEach((patient, place) => {
      isIn[(block * folds + ((place + block) % folds)) * patients + patient] = 0;
    });
  }
  return isIn;
}
