export { type Ledger, type LedgerOptions, openLedger } from "./ledger/ledger.ts";
export type { LedgerRows } from "./ledger/ledger-rows.ts";
export type { ModelRecord, ModelRepository } from "./ledger/model-repository.ts";
export type { StepDetail } from "./ledger/permitted-values.ts";
export type { RunRepository, RunStart, RunSummary, ScoreRecord, StepRecord } from "./ledger/run-repository.ts";
export type { RunStatus, StepStatus } from "./ledger/ledger-schema.ts";
export { openServerMoveLog, type ServerMoveLog } from "./registry/server-move-log.ts";
