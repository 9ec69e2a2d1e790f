import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Runs, their steps and scores, and the models that they sealed. */
export const runLedger: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .createTable("run")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("created_at", "timestamptz", (column) => column.notNull())
      .addColumn("finished_at", "timestamptz")
      .addColumn("status", "text", (column) =>
        column.notNull().check(sql`status in ('running', 'succeeded', 'failed', 'interrupted')`),
      )
      .addColumn("cohort_digest", "text", (column) => column.notNull().check(sql`cohort_digest ~ '^[0-9a-f]{64}$'`))
      .addColumn("seed", "bigint", (column) => column.notNull())
      .addColumn("options", "jsonb", (column) => column.notNull())
      .addColumn("osteon_version", "text", (column) => column.notNull())
      .execute();
    await database.schema
      .createTable("run_step")
      .addColumn("run_id", "text", (column) => column.notNull().references("run.id").onDelete("cascade"))
      .addColumn("step", "text", (column) => column.notNull())
      .addColumn("status", "text", (column) =>
        column.notNull().check(sql`status in ('running', 'succeeded', 'failed', 'interrupted', 'skipped')`),
      )
      .addColumn("started_at", "timestamptz", (column) => column.notNull())
      .addColumn("finished_at", "timestamptz")
      .addColumn("detail", "jsonb", (column) => column.notNull())
      .addPrimaryKeyConstraint("run_step_pkey", ["run_id", "step"])
      .execute();
    await database.schema
      .createTable("score")
      .addColumn("run_id", "text", (column) => column.notNull().references("run.id").onDelete("cascade"))
      .addColumn("metric", "text", (column) => column.notNull())
      .addColumn("value", "double precision")
      .addColumn("ceiling", "double precision")
      .addColumn("floor", "double precision")
      .addColumn("photocopy", "double precision")
      .addColumn("calibrated", "double precision")
      .addPrimaryKeyConstraint("score_pkey", ["run_id", "metric"])
      .execute();
    // A version names what a model generates, so two runs of the same cohort, options and seed share it.
    await database.schema
      .createTable("model")
      .addColumn("version", "text", (column) => column.notNull())
      .addColumn("run_id", "text", (column) => column.notNull().references("run.id").onDelete("cascade"))
      .addColumn("family", "text", (column) => column.notNull())
      .addColumn("package_path", "text", (column) => column.notNull())
      .addColumn("created_at", "timestamptz", (column) => column.notNull())
      .addColumn("sealed_sha256", "text", (column) => column.notNull().check(sql`sealed_sha256 ~ '^[0-9a-f]{64}$'`))
      .addPrimaryKeyConstraint("model_pkey", ["version", "run_id"])
      .execute();
  },
};
