import { createSynthesiser, type SynthesiserParts } from "./create-synthesiser.ts";
import { loadModel } from "./load-model.ts";
import type { SavedModel } from "./model.ts";
import type { Synthesiser } from "./synthesiser.ts";

/** All that generating needs as plain values, which pass between threads. */
export interface SavedSynthesiser extends Omit<SynthesiserParts, "model"> {
  readonly model: SavedModel;
}

/** Makes saved parts ready to generate. Throws `generator.unknown-family`, `generator.malformed-model`. */
export function loadSavedSynthesiser({ model, ...parts }: SavedSynthesiser): Promise<Synthesiser> {
  return createSynthesiser({ ...parts, model: loadModel(model) });
}
