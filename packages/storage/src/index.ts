export { type Ledger, type LedgerOptions, openLedger } from "./ledger.ts";
export type { ModelRecord, ModelRepository } from "./model-repository.ts";
export type { StepDetail } from "./permitted-values.ts";
export type { RunRepository, RunStart, RunSummary, ScoreRecord, StepRecord } from "./run-repository.ts";
export type { RunStatus, StepStatus } from "./schema.ts";
