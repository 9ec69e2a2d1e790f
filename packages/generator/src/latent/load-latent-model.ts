import type { NeuralFamily, SavedModel } from "../model.ts";
import { neuralFamilies } from "../neural-families.ts";
import { LatentModel } from "./latent-model.ts";
import { readLatentModel } from "./saved-form.ts";

/** Reads a saved model of a neural family; its network is loaded when first sampled from. */
export function loadLatentModel(family: NeuralFamily, saved: SavedModel): LatentModel {
  return new LatentModel(readLatentModel(family, saved), neuralFamilies[family].buildSampler);
}
