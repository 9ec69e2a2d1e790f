import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { driftMonitorSchema, type DriftMonitor, type DriftReference } from "@osteon/contracts";
import { digestReference } from "@osteon/drift";
import { osteonError } from "@osteon/errors";
import { openSealed, sealBytes, writeFileAtomically, type Identity } from "@osteon/registry";

/**
 * Where a state is: the file that is named, or in a folder that is named one for each reference, so that another model
 * begins anew.
 */
async function driftStateFile(path: string, reference: DriftReference): Promise<string> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  if (!isFolder) return path;
  return join(path, `${reference.question}-${(await digestReference(reference)).slice(0, 16)}.state`);
}

/** A state as a check takes it up and leaves it. */
export interface KeptState {
  /** Null where nothing was counted yet, undefined where nothing is to be kept. */
  readonly earlier: DriftMonitor | null | undefined;
  keep(state: DriftMonitor | undefined): Promise<void>;
}

/**
 * Takes up the state at a path; without one nothing is kept.
 *
 * @throws `drift.state`, and what opening throws
 */
export async function takeUpState(
  path: string | undefined,
  reference: DriftReference,
  identity: Identity,
): Promise<KeptState> {
  if (path === undefined) return { earlier: undefined, keep: () => Promise.resolve() };
  const file = await driftStateFile(path, reference);
  return {
    earlier: await readDriftState(file, identity),
    keep: async (state) => {
      if (state !== undefined) await writeDriftState(file, state, identity.recipient);
    },
  };
}

/**
 * The state of a drift check, sealed for the key of the model: counts of few patients say something of each.
 * A check that is lost, or two at once, lose nothing for long: the next one counts whom it does not find there.
 *
 * @returns null where there is no file yet
 * @throws `drift.state`, and what opening throws
 */
async function readDriftState(file: string, identity: Identity): Promise<DriftMonitor | null> {
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
async function writeDriftState(file: string, state: DriftMonitor, recipient: string): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  await writeFileAtomically(file, await sealBytes(bytes, [recipient]));
}
