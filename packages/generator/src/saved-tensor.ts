import { osteonError } from "@osteon/errors";
import type { SavedModel } from "./model.ts";

/** The values of a saved tensor. Throws `generator.malformed-model` where type or length is another. */
export function tensorOf<T extends { readonly length: number }>(
  saved: SavedModel,
  name: string,
  constructor: new (length: number) => T,
  length?: number,
): T {
  const data = saved.tensors[name]?.data;
  if (!(data instanceof constructor) || data.length !== (length ?? data.length)) {
    throw osteonError("generator.malformed-model", { family: saved.family, name });
  }
  return data;
}
