import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { runLayout } from "./run-layout.ts";

/** What holds single patients on the way to the model; each is sealed, or else plain under another name. */
const patientLevel = [
  runLayout.sourceCohort,
  runLayout.sourceAccount,
  runLayout.deidentifiedCohort,
  runLayout.previousCohort,
] as const;

export type PatientLevelFile = (typeof patientLevel)[number];

/** Said wherever the run's results are read. */
export const plainDataWarning =
  "The patients' intermediate data of this run stand in plain in its directory (encryption.enabled is false): whoever copies the directory has them";

interface Encryption {
  readonly encryption: Pick<Configuration["encryption"], "enabled">;
}

export function keepsPlainData({ encryption }: Encryption): boolean {
  return !encryption.enabled;
}

/** Where a patient-level file stands. No plain file ends in `.sealed`. */
export function placeOf(file: PatientLevelFile, configuration: Encryption): string {
  return keepsPlainData(configuration) ? file.replace(/\.sealed$/, ".plain") : file;
}

/** What an earlier run of the directory kept in plain. */
export async function removePlainData(directory: string): Promise<void> {
  const plain = { encryption: { enabled: false } };
  for (const path of patientLevel.map((file) => join(directory, placeOf(file, plain)))) {
    if (existsSync(path)) await rm(path);
  }
}
