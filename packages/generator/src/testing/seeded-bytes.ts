import { RandomStream } from "@osteon/numerics";
import type { RandomBytes } from "../private-copula/random-bytes.ts";

/** Repeatable bytes for tests; noise of a seed protects nobody. */
export function seededBytes(seed: number): RandomBytes {
  const random = new RandomStream(seed, 91);
  return (bytes) => {
    for (let k = 0; k < bytes.length; k++) bytes[k] = random.nextUint32() & 255;
  };
}
