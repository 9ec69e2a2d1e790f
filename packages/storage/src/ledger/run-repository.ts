import type { Kysely } from "kysely";
import type { ScoreSummary } from "@osteon/contracts";
import { databaseErrors } from "../database-errors.ts";
import { checkDigest, checkName, checkRunId, checkStepDetail, type StepDetail } from "./permitted-values.ts";
import type { LedgerSchema, RunStatus, StepStatus } from "./ledger-schema.ts";

export interface RunStart {
  /** A UUID, or `run-` and lower-case letters, digits and hyphens; never made from a patient. */
  readonly runId: string;
  readonly startedAt: Date;
  /** SHA-256 of the input cohort, hexadecimal. */
  readonly cohortDigest: string;
  readonly seed: number;
  /** The options of the run as JSON; no secret belongs here. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly osteonVersion: string;
}

export interface StepRecord {
  readonly runId: string;
  readonly step: string;
  readonly status: StepStatus;
  readonly startedAt: Date;
  readonly finishedAt?: Date;
  readonly detail?: StepDetail;
}

/** One measure of the evaluation with its references. */
export interface ScoreRecord extends ScoreSummary {
  readonly metric: string;
}

/** A run as the ledger knows it, with its steps in the order in which they began. */
export interface RunSummary extends RunStart {
  readonly status: RunStatus;
  readonly finishedAt: Date | null;
  readonly steps: readonly (Omit<StepRecord, "runId" | "finishedAt" | "detail"> & {
    readonly finishedAt: Date | null;
    readonly detail: StepDetail;
  })[];
  readonly scores: readonly ScoreRecord[];
}

export interface RunRepository {
  /** Records that a run began, or began again: a run that is resumed keeps its first date and its steps. */
  recordRunStarted(run: RunStart): Promise<void>;
  /** Records how a step stands; the newest record of a step replaces the one before. */
  recordStep(step: StepRecord): Promise<void>;
  /** Records scores, all or none; a score recorded again replaces the one before. */
  recordScores(runId: string, scores: readonly ScoreRecord[]): Promise<void>;
  finishRun(runId: string, status: Exclude<RunStatus, "running">, finishedAt: Date): Promise<void>;
  /** Newest first. */
  listRuns(): Promise<readonly RunSummary[]>;
}

/** All SQL about runs, their steps and their scores. */
export function createRunRepository(database: Kysely<LedgerSchema>): RunRepository {
  return {
    async recordRunStarted({ runId, startedAt, cohortDigest, seed, options, osteonVersion }) {
      checkRunId(runId);
      checkDigest(cohortDigest, "this cohort digest");
      const values = {
        cohort_digest: cohortDigest,
        seed,
        options: JSON.stringify(options),
        osteon_version: osteonVersion,
        status: "running" as const,
        finished_at: null,
      };
      await databaseErrors("record the start of a run", runId, () =>
        database
          .insertInto("run")
          .values({ id: runId, created_at: startedAt, ...values })
          .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
          .execute(),
      );
    },

    async recordStep({ runId, step, status, startedAt, finishedAt, detail = {} }) {
      checkRunId(runId);
      checkName(step, "this step name");
      checkStepDetail(detail);
      const values = {
        status,
        started_at: startedAt,
        finished_at: finishedAt ?? null,
        detail: JSON.stringify(detail),
      };
      await databaseErrors("record a step", runId, () =>
        database
          .insertInto("run_step")
          .values({ run_id: runId, step, ...values })
          .onConflict((conflict) => conflict.columns(["run_id", "step"]).doUpdateSet(values))
          .execute(),
      );
    },

    async recordScores(runId, scores) {
      checkRunId(runId);
      for (const { metric } of scores) checkName(metric, "this metric name");
      await databaseErrors("record scores", runId, () =>
        database.transaction().execute(async (transaction) => {
          for (const { metric, ...score } of scores) {
            const values = finiteOnly(score);
            await transaction
              .insertInto("score")
              .values({ run_id: runId, metric, ...values })
              .onConflict((conflict) => conflict.columns(["run_id", "metric"]).doUpdateSet(values))
              .execute();
          }
        }),
      );
    },

    async finishRun(runId, status, finishedAt) {
      checkRunId(runId);
      await databaseErrors("record the end of a run", runId, async () => {
        await database
          .updateTable("run")
          .set({ status, finished_at: finishedAt })
          .where("id", "=", runId)
          .returning("id")
          .executeTakeFirstOrThrow();
      });
    },

    async listRuns() {
      return databaseErrors("list the runs", "", async () => {
        const runs = await database.selectFrom("run").selectAll().orderBy("created_at", "desc").orderBy("id").execute();
        const steps = await database.selectFrom("run_step").selectAll().orderBy("started_at").orderBy("step").execute();
        const scores = await database.selectFrom("score").selectAll().orderBy("metric").execute();
        const stepsOf = Map.groupBy(steps, (row) => row.run_id);
        const scoresOf = Map.groupBy(scores, (row) => row.run_id);
        return runs.map((run) => ({
          runId: run.id,
          startedAt: run.created_at,
          finishedAt: run.finished_at,
          status: run.status,
          cohortDigest: run.cohort_digest,
          seed: Number(run.seed),
          options: run.options,
          osteonVersion: run.osteon_version,
          steps: (stepsOf.get(run.id) ?? []).map((row) => ({
            step: row.step,
            status: row.status,
            startedAt: row.started_at,
            finishedAt: row.finished_at,
            detail: row.detail as StepDetail,
          })),
          scores: (scoresOf.get(run.id) ?? []).map((row) => ({
            metric: row.metric,
            value: row.value,
            ceiling: row.ceiling,
            floor: row.floor,
            photocopy: row.photocopy,
            calibrated: row.calibrated,
          })),
        }));
      });
    },
  };
}

/** Whoever opens the ledger is alone with it, so a run that still runs has lost its process. */
export async function markUnfinishedAsInterrupted(database: Kysely<LedgerSchema>): Promise<void> {
  await databaseErrors("mark interrupted runs", "", () =>
    database.transaction().execute(async (transaction) => {
      const status = "interrupted";
      await transaction.updateTable("run_step").set({ status }).where("status", "=", "running").execute();
      await transaction.updateTable("run").set({ status }).where("status", "=", "running").execute();
    }),
  );
}

/** PostgreSQL would keep NaN, but a reader would take it for a score. */
function finiteOnly(score: ScoreSummary): ScoreSummary {
  const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);
  const { value, ceiling, floor, photocopy, calibrated } = score;
  return {
    value: finite(value),
    ceiling: finite(ceiling),
    floor: finite(floor),
    photocopy: finite(photocopy),
    calibrated: finite(calibrated),
  };
}
