import type { Configuration } from "@osteon/contracts";
import { OsteonError, type ErrorCode } from "@osteon/errors";
import { kindOf, stackFramesOf } from "../crash/stack-frames.ts";
import type { PipelineRequest, RunManifest, StepName, StepRecord } from "@osteon/pipeline";

/** What the worker is to do; plain values, as threads share no objects. */
export interface RunOrder {
  readonly configuration: Configuration;
  readonly directory: string;
  readonly osteonVersion: string;
  readonly steps?: readonly StepName[];
  readonly patientIds?: readonly string[];
  /** With its password: passed in memory, and written nowhere. */
  readonly databaseAddress?: PipelineRequest["databaseAddress"];
  /** The key that seals, likewise; without it the pipeline makes one in the run directory. */
  readonly identitySecret?: string | undefined;
}

/** What the worker tells. The last one is `done` or `error`. */
export type RunMessage =
  | { readonly type: "step-started"; readonly step: StepName }
  | {
      readonly type: "progress";
      readonly step: StepName;
      readonly message: string;
      readonly share?: number | undefined;
    }
  | { readonly type: "step-finished"; readonly step: StepName; readonly record: StepRecord; readonly kept: boolean }
  | { readonly type: "step-failed"; readonly step: StepName; readonly record: StepRecord }
  | { readonly type: "done"; readonly manifest: RunManifest }
  | { readonly type: "error"; readonly error: TransferableError };

/** An error without its class, which does not pass between threads. */
export type TransferableError =
  | { readonly code: ErrorCode; readonly parameters: Readonly<Record<string, string | number>> }
  | { readonly name: string; readonly frames: readonly string[] };

/** A foreign error's message is left behind: it may quote data. */
export function packError(error: unknown): TransferableError {
  if (error instanceof OsteonError) return { code: error.code, parameters: error.parameters };
  return { name: kindOf(error), frames: error instanceof Error ? stackFramesOf(error) : [] };
}

export function unpackError(packed: TransferableError): Error {
  if ("code" in packed) return new OsteonError(packed.code, packed.parameters);
  const error = new Error();
  error.name = packed.name;
  error.stack = [packed.name, ...packed.frames].join("\n");
  return error;
}
