import { RandomStream, streamId } from "@osteon/numerics";

/**
 * Who is in which shadow model: shadows 2k and 2k + 1 share the patients between them at random, so that
 * each patient is in half of all shadows and both models are of one size (or one apart).
 *
 * @returns row-major, shadows × patients; 1 in, 0 out
 */
export function designShadows(patients: number, shadows: number, seed: number): Uint8Array {
  const isIn = new Uint8Array(shadows * patients);
  for (let pair = 0; 2 * pair < shadows; pair++) {
    const order = new RandomStream(seed, streamId("privacy/shadow-design"), pair).permutation(patients);
    // Of an odd number, which of the two gets one more alternates.
    const first = (patients + (pair % 2)) >> 1;
    order.forEach((patient, place) => {
      isIn[(2 * pair + Number(place >= first)) * patients + patient] = 1;
    });
  }
  return isIn;
}
