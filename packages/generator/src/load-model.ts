import { osteonError } from "@osteon/errors";
import { FactorCopulaModel } from "./factor-copula/model.ts";
import { readFactorCopula } from "./factor-copula/saved-form.ts";
import { loadLatentModel } from "./latent/load-latent-model.ts";
import type { Family, GenerativeModel, ModelLoader, SavedModel } from "./model.ts";

const loaders: Readonly<Record<Family, ModelLoader>> = {
  "factor-copula": (saved) => new FactorCopulaModel(readFactorCopula(saved)),
  diffusion: (saved) => loadLatentModel("diffusion", saved),
  cvae: (saved) => loadLatentModel("cvae", saved),
};

/** Reads a saved model of any family. Throws `generator.unknown-family`, `generator.malformed-model`. */
export function loadModel(saved: SavedModel): GenerativeModel {
  if (!Object.hasOwn(loaders, saved.family)) {
    throw osteonError("generator.unknown-family", { known: Object.keys(loaders).join(", ") });
  }
  return loaders[saved.family](saved);
}
