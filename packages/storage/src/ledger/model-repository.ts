import type { Kysely } from "kysely";
import { databaseErrors } from "../database-errors.ts";
import { checkDigest, checkName, checkRunId } from "./permitted-values.ts";
import type { LedgerSchema } from "./ledger-schema.ts";

export interface ModelRecord {
  /** The `modelVersion` of its manifest. */
  readonly version: string;
  readonly runId: string;
  readonly family: string;
  readonly packagePath: string;
  readonly createdAt: Date;
  /** SHA-256 of the sealed file, hexadecimal. */
  readonly sealedSha256: string;
}

export interface ModelRepository {
  /** Records a sealed model; sealing the same model again in the same run replaces the record. */
  recordModel(model: ModelRecord): Promise<void>;
  /** Newest first. */
  listModels(): Promise<readonly ModelRecord[]>;
}

/** All SQL about sealed models. */
export function createModelRepository(database: Kysely<LedgerSchema>): ModelRepository {
  return {
    async recordModel({ version, runId, family, packagePath, createdAt, sealedSha256 }) {
      checkRunId(runId);
      checkName(family, "this model family");
      checkDigest(sealedSha256, "this package digest");
      const values = { family, package_path: packagePath, created_at: createdAt, sealed_sha256: sealedSha256 };
      await databaseErrors("record a model", runId, () =>
        database
          .insertInto("model")
          .values({ version, run_id: runId, ...values })
          .onConflict((conflict) => conflict.columns(["version", "run_id"]).doUpdateSet(values))
          .execute(),
      );
    },

    async listModels() {
      return databaseErrors("list the models", "", async () => {
        const rows = await database
          .selectFrom("model")
          .selectAll()
          .orderBy("created_at", "desc")
          .orderBy("version")
          .orderBy("run_id")
          .execute();
        return rows.map((row) => ({
          version: row.version,
          runId: row.run_id,
          family: row.family,
          packagePath: row.package_path,
          createdAt: row.created_at,
          sealedSha256: row.sealed_sha256,
        }));
      });
    },
  };
}
