import { selectPatients, type Cohort } from "@osteon/cohort";
import { readSyntheticCohort } from "@osteon/connectors";
import type { DriftCheck } from "@osteon/contracts";
import { checkDrift } from "@osteon/drift";
import { osteonError } from "@osteon/errors";
import { loadModel } from "@osteon/generator";
import { savedModelOf } from "../load-synthesiser.ts";
import { drawAndRelease } from "../training/fit-family.ts";
import type { OpenedReference } from "./check-extract.ts";
import { takeUpState } from "./drift-state-file.ts";
import { referenceOfPackage } from "./package-reference.ts";

export interface OutputCheckRequest extends OpenedReference {
  /** A folder of patients that the model gave; without it as many as `count` are drawn now. */
  readonly served?: string | undefined;
  readonly count: number;
  readonly seed: number;
  readonly stateFile?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Does a model still give what it gave when it was sealed?
 *
 * @throws `drift.no-reference`, `.served`, `.other-reference`, `.state`, and what reading and drawing throw
 */
export async function checkOutput(request: OutputCheckRequest): Promise<DriftCheck> {
  const { opened, file, identity, stateFile, signal } = request;
  const reference = referenceOfPackage(opened, "output", file);
  const patients = await takePatients(request);
  const state = await takeUpState(stateFile, reference, identity);
  const { check, monitor } = await checkDrift({ reference, patients, monitor: state.earlier, signal });
  await state.keep(monitor);
  return check;
}

async function takePatients({ opened, served, seed, count }: OutputCheckRequest): Promise<Cohort> {
  if (served === undefined) return drawAndRelease(loadModel(savedModelOf(opened)), { seed, count });
  const { cohort, modelVersion, conditions } = await readSyntheticCohort(served);
  const refuse = (reason: string) => osteonError("drift.served", { directory: served, reason });
  if (modelVersion !== opened.manifest.modelVersion) throw refuse(`its patients are of the model ${modelVersion}`);
  if (conditions.length > 0) throw refuse(`its patients were asked for by ${conditions.join(", ")}`);
  // As many as the reference has tell all that it can tell.
  return selectPatients(cohort, [...cohort.patientIds.keys()].slice(0, count));
}
