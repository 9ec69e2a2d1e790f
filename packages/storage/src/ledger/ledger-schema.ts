import type { ColumnType } from "kysely";

/** How a run or a step stands. `interrupted`: the process ended without saying how. */
export type RunStatus = "running" | "succeeded" | "failed" | "interrupted";
export type StepStatus = RunStatus | "skipped";

/** JSON columns are written as text and read as values. */
type Json<T> = ColumnType<T, string, string>;

interface RunTable {
  id: string;
  created_at: Date;
  finished_at: Date | null;
  status: RunStatus;
  cohort_digest: string;
  seed: number;
  options: Json<Record<string, unknown>>;
  osteon_version: string;
}

interface RunStepTable {
  run_id: string;
  step: string;
  status: StepStatus;
  started_at: Date;
  finished_at: Date | null;
  detail: Json<Record<string, unknown>>;
}

interface ScoreTable {
  run_id: string;
  metric: string;
  value: number | null;
  ceiling: number | null;
  floor: number | null;
  photocopy: number | null;
  calibrated: number | null;
}

interface ModelTable {
  version: string;
  run_id: string;
  family: string;
  package_path: string;
  created_at: Date;
  sealed_sha256: string;
}

/** The tables as they are after the last migration. Digests, counts and scores; nothing of a patient. */
export interface LedgerSchema {
  run: RunTable;
  run_step: RunStepTable;
  score: ScoreTable;
  model: ModelTable;
}
