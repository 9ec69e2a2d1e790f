import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  driftRecordSchema,
  type Configuration,
  type DriftCheck,
  type DriftQuestion,
  type DriftRecord,
} from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { systemErrorCode, writeFileAtomically } from "@osteon/registry";

/** Where the last drift checks are kept: by default beside the registry. */
export function driftDirectoryOf({ drift, registry }: Configuration, directory: string = registry.directory): string {
  return drift.directory ?? join(dirname(directory), "drift");
}

/** The last check of a question; null before the first. @throws `drift.record` */
export async function readDriftRecord(directory: string, question: DriftQuestion): Promise<DriftRecord | null> {
  const file = recordPath(directory, question);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw error;
  }
  try {
    return driftRecordSchema.parse(JSON.parse(text));
  } catch (error) {
    throw osteonError("drift.record", { file }, { cause: error });
  }
}

/** Keeps an answer, which no failure before it matters beside. */
export function recordCheck(directory: string, question: DriftQuestion, check: DriftCheck): Promise<void> {
  return writeRecord(directory, question, { checked_at: new Date().toISOString(), check, failure: null });
}

/** Keeps why there is no answer, beside the last one. */
export async function recordFailure(directory: string, question: DriftQuestion, code: string): Promise<void> {
  // A record that cannot be read is worth no more than none.
  const before = await readDriftRecord(directory, question).catch(() => null);
  const failure = { at: new Date().toISOString(), code };
  await writeRecord(directory, question, { checked_at: null, check: null, ...before, failure });
}

/** Whole or not at all. A check tells no more of patients than an evaluation does: it is not sealed. */
async function writeRecord(directory: string, question: DriftQuestion, record: DriftRecord): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(record)}\n`);
  await writeFileAtomically(recordPath(directory, question), bytes);
}

function recordPath(directory: string, question: DriftQuestion): string {
  return join(directory, `${question}.json`);
}
