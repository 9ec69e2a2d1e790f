import type { StepRecord } from "./run-manifest.ts";
import type { StepName } from "./step-names.ts";

/** What a run tells while it works. */
export interface PipelineObserver {
  onStepStarted?(step: StepName): void;
  onProgress?(step: StepName, message: string, share?: number): void;
  onStepFinished?(step: StepName, record: StepRecord, kept: boolean): void;
  onStepFailed?(step: StepName, record: StepRecord): void;
}
