import { join } from "node:path";

/** Where things stand in a run directory; relative to it. What ends in `.sealed` is encrypted. */
export const runLayout = {
  manifest: "manifest.json",
  identity: "keys/identity.txt",
  pseudonymKey: "keys/pseudonym.key",
  apiToken: "keys/api-token",
  sourceCohort: "cohort/source.sealed",
  sourceAccount: "cohort/source-account.sealed",
  deidentifiedCohort: "cohort/deidentified.sealed",
  /** The de-identified cohort that the last extract gave, where the source has changed since. */
  previousCohort: "cohort/previous.sealed",
  deidentificationRecord: "deidentification.json",
  deidentificationReport: "deidentification-report.md",
  quality: "quality.json",
  features: "features.json",
  geneSets: "gene-sets.json",
  trainedModel: "model/trained.osteon",
  fit: "model/fit.json",
  synthetic: "synthetic",
  validation: "validation.json",
  validationTable: "validation.txt",
  privacy: "privacy.json",
  report: "report.html",
  reportData: "report.json",
  modelCard: "model-card.md",
  modelCardData: "model-card.json",
  dataCard: "data-card.md",
  dataCardData: "data-card.json",
  package: "package/model.osteon",
} as const;

/** The sealed package of a finished run. */
export function packageOfRun(directory: string): string {
  return join(directory, runLayout.package);
}
