import { syntheticPatientNotice } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { createModelExport, encodeModelExport, encodeQuantisedExport } from "@osteon/generator";
import { addMetadata } from "@osteon/network";
import type { OpenedPackage } from "@osteon/registry";
import { savedModelOf } from "./load-synthesiser.ts";
import { leastTimesAsFast, type Int8Assessment } from "./training/assess-int8.ts";

/** A model as files for other software. */
export interface ExportedModel {
  /** An ONNX file. */
  readonly graph: Uint8Array;
  /** What goes in and comes out. */
  readonly description: Readonly<Record<string, unknown>>;
}

/** What whoever gets the file has to know: it is in the file, beside it, and said when it is written. */
export const exportWarning =
  "The file refuses no condition: whoever runs it gets patients for any, also for one that a single training patient " +
  "had. The floor that Osteon's service and command line hold (generation.smallest_cell) is not in it.";

/**
 * The model of a sealed package as an ONNX file.
 *
 * @throws `pipeline.package-content`, `pipeline.int8-refused`, `generator.no-network`, `generator.malformed-model`
 */
export async function exportModel(opened: OpenedPackage, { int8 }: { readonly int8: boolean }): Promise<ExportedModel> {
  const { manifest } = opened;
  const saved = savedModelOf(opened);
  const whole = createModelExport(saved);
  const { bytes, inputs, outputs } = int8 ? await encodeInt8(opened) : encodeModelExport(whole);
  return {
    graph: addMetadata(bytes, {
      notice: syntheticPatientNotice,
      warning: exportWarning,
      model: `${manifest.family} ${manifest.modelVersion}`,
    }),
    description: {
      family: manifest.family,
      modelVersion: manifest.modelVersion,
      precision: int8 ? "int8 weights and activations over static ranges" : "float32",
      trainedOnSimulatedPatients: manifest.training.simulated,
      conditionFloor: null,
      warning: exportWarning,
      tensors: { inputs, outputs },
      ...whole.description,
    },
  };
}

async function encodeInt8(opened: OpenedPackage) {
  const { family, ...saved } = savedModelOf(opened);
  if (family === "factor-copula") throw osteonError("generator.no-network", { family });
  const assessment = opened.records["int8"] as Int8Assessment | undefined;
  if (!assessment?.offered) {
    const show = (value: number | null | undefined) => value?.toFixed(2) ?? "unknown";
    const { int8, lower, upper, timesAsFast } = assessment ?? {};
    throw osteonError("pipeline.int8-refused", {
      int8: show(int8),
      lower: show(lower),
      upper: show(upper),
      timesAsFast: show(timesAsFast),
      least: leastTimesAsFast,
    });
  }
  return encodeQuantisedExport({ family, ...saved });
}
