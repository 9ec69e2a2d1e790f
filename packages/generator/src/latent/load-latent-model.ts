import { osteonError } from "@osteon/errors";
import type { GenerativeModel, NeuralFamily, SavedModel } from "../model.ts";
import { neuralFamilies } from "../neural-families.ts";
import { LatentModel } from "./latent-model.ts";
import { readLatentModel } from "./saved-form.ts";

/** Reads a saved model of a neural family; its network is loaded when first sampled from. */
export function loadLatentModel(family: NeuralFamily, saved: SavedModel): LatentModel {
  return new LatentModel(readLatentModel(family, saved), neuralFamilies[family].buildSampler);
}

/** The same model with its network in int8. Throws `generator.no-network` where its family has none. */
export function quantiseModel(model: GenerativeModel): GenerativeModel {
  if (!(model instanceof LatentModel)) throw osteonError("generator.no-network", { family: model.family });
  return new LatentModel(model.parameters, neuralFamilies[model.family].buildSampler, "int8");
}
