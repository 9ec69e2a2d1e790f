import { NoResultError } from "kysely";
import { OsteonError, osteonError } from "@osteon/errors";

const foreignKeyViolation = "23503";

/**
 * Runs a query and turns what the database throws into a coded error. The database's own text may
 * repeat parameters, so it stays in the cause and out of the message.
 *
 * @param operation what is being done, completing "refused to …"
 * @param runId the run that must exist, named where it does not
 */
export async function databaseErrors<T>(operation: string, runId: string, query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    if (error instanceof OsteonError) throw error;
    const state = (error as { code?: unknown } | null)?.code;
    if (error instanceof NoResultError || state === foreignKeyViolation) {
      throw osteonError("storage.unknown-run", { runId });
    }
    const known = typeof state === "string" && /^[0-9A-Z]{5}$/.test(state);
    throw osteonError("storage.failed", { operation, state: known ? state : "unknown" }, { cause: error });
  }
}
