import { osteonError } from "@osteon/errors";
import type { LatentNetwork } from "../latent/latent-network.ts";
import type { CorrectionSizes } from "./correction-network.ts";

/** Names of the law's tensors among the weights. */
export const lawNames = { regression: "law/regression", variances: "law/variances" } as const;

/** What a saved network says of itself: sizes, and how it samples unless told otherwise. */
export interface DiffusionDescription extends CorrectionSizes {
  readonly guidance: number;
  readonly steps: number;
}

const least: DiffusionDescription = {
  dimensions: 1,
  conditionCount: 1,
  width: 1,
  blocks: 0,
  embedding: 1,
  guidance: 0,
  steps: 1,
};

/** Reads the description of a network that may come from a file. Throws `generator.malformed-model`. */
export function readDescription({ description }: LatentNetwork): DiffusionDescription {
  for (const [name, minimum] of Object.entries(least)) {
    const value = description[name];
    const isWhole = name === "guidance" ? Number.isFinite(value) : Number.isInteger(value);
    if (!isWhole || (value as number) < minimum) {
      throw osteonError("generator.malformed-model", { family: "diffusion", name });
    }
  }
  return description as unknown as DiffusionDescription;
}
