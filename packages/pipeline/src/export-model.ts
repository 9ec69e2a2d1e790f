import { osteonError } from "@osteon/errors";
import { createModelExport, encodeModelExport } from "@osteon/generator";
import type { OpenedPackage } from "@osteon/registry";
import { savedModelOf } from "./load-synthesiser.ts";

/** A model as files for other software. */
export interface ExportedModel {
  /** An ONNX file. */
  readonly graph: Uint8Array;
  /** What goes in and comes out. */
  readonly description: Readonly<Record<string, unknown>>;
}

/**
 * The model of a sealed package as an ONNX file.
 *
 * @throws `pipeline.package-content`, `generator.malformed-model`
 */
export async function exportModel(opened: OpenedPackage, { int8 }: { readonly int8: boolean }): Promise<ExportedModel> {
  const { manifest } = opened;
  const saved = savedModelOf(opened);
  const whole = createModelExport(saved);
  if (int8) throw osteonError("pipeline.package-content", { what: "int8" });
  const { bytes, inputs, outputs } = encodeModelExport(whole);
  return {
    graph: bytes,
    description: {
      family: manifest.family,
      modelVersion: manifest.modelVersion,
      trainedOnSimulatedPatients: manifest.training.simulated,
      tensors: { inputs, outputs },
      ...whole.description,
    },
  };
}
