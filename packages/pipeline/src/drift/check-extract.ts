import { randomBytes } from "node:crypto";
import type { Cohort } from "@osteon/cohort";
import type { DriftCheck, DriftReference } from "@osteon/contracts";
import { checkDrift } from "@osteon/drift";
import { osteonError } from "@osteon/errors";
import type { Identity, OpenedPackage } from "@osteon/registry";
import { readPseudonymKey } from "../run-keys.ts";
import { takeUpState } from "./drift-state-file.ts";
import { refuseOtherKind, referenceOfPackage } from "./package-reference.ts";
import { readArrivals, type ExtractRequest } from "./read-arrivals.ts";
import { openRunReference } from "./run-reference.ts";

/** A sealed package and the key that opened it. */
export interface OpenedReference {
  readonly opened: OpenedPackage;
  readonly identity: Identity;
  /** How messages call it. */
  readonly file: string;
}

export interface ExtractCheckRequest extends ExtractRequest {
  /** A run directory with its patients, or a package, which has none. */
  readonly against: { readonly run: string; readonly identity?: Identity | undefined } | OpenedReference;
  /** Kept from check to check, or a folder for those of all references; without it one comparison. */
  readonly stateFile?: string | undefined;
}

/** Said of every comparison with a package. */
const allNewNote =
  "A package does not tell who it was trained on: all patients of the extract were taken for new ones.";
const noSurvivalNote =
  "A package tells nothing of when patients died: survival is compared against a run directory alone.";

/**
 * Have the patients changed since a model was trained? Reads an extract, de-identifies it as the model's patients
 * were, and compares those who are new. The extract is kept nowhere; the state is written where there is a file.
 *
 * @throws `drift.no-reference`, `.pseudonym-key`, `.other-pseudonyms`, `.other-reference`, `.state`, and what reading,
 *   de-identifying and opening throw
 */
export async function checkExtract(request: ExtractCheckRequest): Promise<DriftCheck> {
  const { against, stateFile, signal } = request;
  const prepared = "run" in against ? await openRun(against, request) : await openPackaged(against, request);
  const { reference, identity, patients, isKnown, referencePatients, notes } = prepared;
  const state = await takeUpState(stateFile, reference, identity);
  request.progress("comparing");
  const { check, monitor } = await checkDrift({
    reference,
    patients,
    isKnown,
    referencePatients,
    monitor: state.earlier,
    signal,
  });
  await state.keep(monitor);
  return { ...check, notes: [...check.notes, ...notes] };
}

interface Prepared {
  readonly reference: DriftReference;
  readonly identity: Identity;
  readonly patients: Cohort;
  readonly isKnown: (patientId: string) => boolean;
  readonly referencePatients?: { readonly complete: Cohort; readonly everyone: Cohort };
  readonly notes: readonly string[];
}

async function openRun(
  against: { readonly run: string; readonly identity?: Identity | undefined },
  request: ExtractCheckRequest,
): Promise<Prepared> {
  const run = await openRunReference(against.run, request.configuration, against.identity);
  const { reference, identity, complete, everyone, configuration, pseudonymKey } = run;
  const patients = await readArrivals({ ...request, configuration }, pseudonymKey);
  const known = new Set(everyone.patientIds);
  const isKnown = (id: string) => known.has(id);
  return { reference, identity, patients, isKnown, referencePatients: { complete, everyone }, notes: [] };
}

async function openPackaged(against: OpenedReference, request: ExtractCheckRequest): Promise<Prepared> {
  const { opened, identity, file } = against;
  const { configuration, stateFile } = request;
  const reference = referenceOfPackage(opened, "input", file);
  refuseOtherKind(configuration, opened.manifest.training.simulated, file);
  const keyPath = configuration.phi_removal.key_path;
  if (keyPath === undefined && stateFile !== undefined) throw osteonError("drift.pseudonym-key", {});
  // Of a single comparison nobody is told from anybody at another time.
  const key = keyPath === undefined ? randomBytes(32) : await readPseudonymKey(keyPath);
  const patients = await readArrivals(request, key);
  return { reference, identity, patients, isKnown: () => false, notes: [allNewNote, noSurvivalNote] };
}
