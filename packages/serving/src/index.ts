export type { ServedSynthesiser } from "./served-synthesiser.ts";
export { openSynthesiserPool, type SynthesiserPoolOptions } from "./synthesiser-pool.ts";
