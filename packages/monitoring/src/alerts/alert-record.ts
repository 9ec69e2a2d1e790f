import { readFile, rename } from "node:fs/promises";
import { osteonError } from "@osteon/errors";
import { writeFileAtomically } from "@osteon/registry";
import { z } from "zod";
import { alertStateSchema } from "./alert-state.ts";
import { deliverySchema } from "./deliveries.ts";

const alertRecordSchema = z.strictObject({
  format: z.literal("osteon-alerts/1"),
  /** By the rule's name. */
  states: z.record(z.string().max(40), alertStateSchema),
  waiting: z.array(deliverySchema).max(5_000),
});

/** How the alerts stand, kept over restarts. */
export type AlertRecord = z.infer<typeof alertRecordSchema>;

export const emptyAlertRecord: AlertRecord = { format: "osteon-alerts/1", states: {}, waiting: [] };

/**
 * @returns undefined where there is no file
 * @throws `monitoring.damaged`, and the system's error
 */
export async function readAlertRecord(path: string): Promise<AlertRecord | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return alertRecordSchema.parse(JSON.parse(text));
  } catch {
    throw osteonError("monitoring.damaged", { file: path });
  }
}

export async function writeAlertRecord(path: string, record: AlertRecord): Promise<void> {
  await writeFileAtomically(path, new TextEncoder().encode(`${JSON.stringify(record)}\n`));
}

/** Puts a file that is no such record out of the way, so that it is not written over. */
export async function putAsideAlertRecord(path: string): Promise<void> {
  await rename(path, `${path}.damaged`);
}
