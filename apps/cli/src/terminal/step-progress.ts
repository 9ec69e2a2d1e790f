import type { PipelineObserver, StepRecord } from "@osteon/pipeline";
import type { Terminal } from "./terminal.ts";

const labels: Readonly<Record<string, string>> = {
  withExpression: "with expression",
  expressionGenes: "expression genes",
  mutationGenes: "mutation genes",
  copyNumberGenes: "copy-number genes",
  columnsTaken: "columns taken",
  columnsDropped: "columns dropped",
  identifiersFound: "identifiers found in dropped columns",
  leftOut: "left out as incomplete",
  pathwaysWithTooFewGenes: "pathways with too few genes",
  trainPatients: "patients to train",
  holdOutPatients: "held out",
  calibratedBiologicalScore: "calibrated biological score",
  memorisationFlags: "memorisation flags",
  modelVersion: "model version",
};

/** Prints each step as it goes: one line that is rewritten on a terminal, one line when done elsewhere. */
export function stepProgress(terminal: Terminal): PipelineObserver {
  return {
    onStepStarted: (step) => terminal.status(`${step} …`),
    onProgress: (step, message) => terminal.status(`${step}: ${message} …`),
    onStepFinished: (step, record, kept) => {
      const time = kept ? "kept" : `${((record.durationMs ?? 0) / 1000).toFixed(1)} s`;
      terminal.line(`  ✔ ${step.padEnd(11)} ${time.padStart(7)}  ${describeDetail(record)}`);
    },
    onStepFailed: (step, record) => terminal.line(`  ✘ ${step.padEnd(11)} ${record.errorCode ?? ""}`),
  };
}

function describeDetail({ detail }: StepRecord): string {
  return Object.entries(detail)
    .map(([name, value]) => {
      const label = labels[name] ?? name;
      if (typeof value === "string") return `${label} ${value}`;
      if (typeof value !== "number") return `${label} ${value === null ? "not known" : value ? "yes" : "no"}`;
      const text = Number.isInteger(value) ? value.toLocaleString("en") : value.toFixed(2);
      return Number.isInteger(value) ? `${text} ${label}` : `${label} ${text}`;
    })
    .join(", ");
}
