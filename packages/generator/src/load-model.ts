import { FactorCopulaModel } from "./factor-copula/model.ts";
import { readFactorCopula } from "./factor-copula/saved-form.ts";
import type { Family, GenerativeModel, ModelLoader, SavedModel } from "./model.ts";

const loaders: Readonly<Record<Family, ModelLoader>> = {
  "factor-copula": (saved) => new FactorCopulaModel(readFactorCopula(saved)),
};

/** Reads a saved model of any family. Throws `generator.malformed-model`. */
export function loadModel(saved: SavedModel): GenerativeModel {
  return loaders[saved.family](saved);
}
