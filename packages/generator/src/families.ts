import type { Family } from "./model.ts";

/** Every family, from the simplest on. */
export const families: readonly Family[] = ["factor-copula", "cvae", "diffusion"];
