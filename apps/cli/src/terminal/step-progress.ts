import type { PipelineObserver } from "@osteon/pipeline";
import { describeStep } from "./describe-step.ts";
import type { Terminal } from "./terminal.ts";

/** Prints each step as it goes: one line that is rewritten on a terminal, one line when done elsewhere. */
export function stepProgress(terminal: Terminal): PipelineObserver {
  return {
    onStepStarted: (step) => terminal.status(`${step} …`),
    onProgress: (step, message) => terminal.status(`${step}: ${message} …`),
    onStepFinished: (step, { durationMs = 0, detail }, kept) => {
      const time = kept ? "kept" : `${(durationMs / 1000).toFixed(1)} s`;
      terminal.line(`  ✔ ${step.padEnd(11)} ${time.padStart(7)}  ${describeStep(step, detail)}`);
    },
    onStepFailed: (step, { status }) => terminal.line(`  ✘ ${step.padEnd(11)} ${status.padStart(7)}`),
  };
}
