import { readFile } from "node:fs/promises";
import { driftMonitorSchema, type DriftMonitor } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { openSealed, sealBytes, writeFileAtomically, type Identity } from "@osteon/registry";

/**
 * The state of a drift check, sealed for the key of the model: counts of few patients say something of each.
 * A check that is lost, or two at once, lose nothing for long: the next one counts whom it does not find there.
 *
 * @returns null where there is no file yet
 * @throws `drift.state`, and what opening throws
 */
export async function readDriftState(file: string, identity: Identity): Promise<DriftMonitor | null> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const text = new TextDecoder().decode(await openSealed(bytes, [identity], file));
  try {
    return driftMonitorSchema.parse(JSON.parse(text));
  } catch (error) {
    throw osteonError("drift.state", { file }, { cause: error });
  }
}

/** Whole or not at all. */
export async function writeDriftState(file: string, state: DriftMonitor, recipient: string): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  await writeFileAtomically(file, await sealBytes(bytes, [recipient]));
}
