import { selectPatients, selectPatientsById, type Cohort } from "@osteon/cohort";
import type { DriftReport } from "@osteon/contracts";
import { fewestPatients, measureDrift, type DriftOptions } from "../measure-drift.ts";
import { compareKnownPatients, type ImplausibleChange, type KnownPatientChange } from "./known-patients.ts";

/** Plain JSON; names of variables and counts, nothing of one patient. */
export interface ExtractComparison {
  readonly format: "osteon-extract-comparison/1";
  /** Patients of both extracts, of the new one only, of the last one only. */
  readonly patients: { readonly kept: number; readonly added: number; readonly gone: number };
  /** Of the patients of both. */
  readonly changes: readonly KnownPatientChange[];
  readonly implausible: ImplausibleChange;
  /** The added patients against all of the last extract; null where fewer than five were added. */
  readonly drift: DriftReport | null;
}

/**
 * A new extract of the same source against the last: a hospital's extract holds the old patients again, so they
 * are told by their pseudonyms and asked whether their values still stand, and only the patients who came in
 * since are compared with the last extract as another sample of patients. Extracts without a patient in
 * common are compared as they are.
 *
 * @throws as {@link measureDrift}
 */
export function compareExtracts(previous: Cohort, current: Cohort, options: DriftOptions = {}): ExtractComparison {
  const before = new Set(previous.patientIds);
  const kept = current.patientIds.filter((id) => before.has(id));
  const added = [...current.patientIds.keys()].filter((row) => !before.has(current.patientIds[row]!));
  const isComparable = Math.min(added.length, previous.patientIds.length) >= fewestPatients;
  return {
    format: "osteon-extract-comparison/1",
    patients: { kept: kept.length, added: added.length, gone: previous.patientIds.length - kept.length },
    ...compareKnownPatients(selectPatientsById(previous, kept), selectPatientsById(current, kept)),
    drift: isComparable
      ? measureDrift(previous, selectPatients(current, added), { areArrivals: kept.length > 0, ...options })
      : null,
  };
}
