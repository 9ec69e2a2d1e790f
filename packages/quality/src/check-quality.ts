import { assertCohortShape, type Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { checkBatches } from "./batches/check-batches.ts";
import { checkClinical } from "./check-clinical.ts";
import { checkDuplicates } from "./check-duplicates.ts";
import { checkLibrarySize } from "./check-library-size.ts";
import { checkOutliers } from "./check-outliers.ts";
import { checkPlausibility } from "./check-plausibility.ts";
import { checkSize } from "./check-size.ts";
import { checkTables } from "./check-tables.ts";
import { chooseProfiles } from "./profiles.ts";
import type { Finding, FindingLevel, QualityReport } from "./quality-report.ts";

export interface QualityOptions {
  /** Patients with everything that training needs; default 100. */
  readonly minimumPatients?: number;
  /** Deaths among them; default 5. */
  readonly minimumDeaths?: number;
  /** Admits a cohort of 30 or more patients below the minimum, under stricter privacy; default false. */
  readonly smallCohort?: boolean;
  /** Of checks that need more than the cohort, such as the last extract. */
  readonly furtherFindings?: readonly Finding[];
}

const levels: readonly FindingLevel[] = ["error", "warning", "info"];

/**
 * Judges whether a cohort is fit to train on. The same cohort gives the same report; nothing in it is
 * one patient's id or value. Checks that need a physical unit are made where the unit allows.
 *
 * @throws `quality.option`; `cohort.shape`, `cohort.value` for a cohort that is not well formed
 */
export function checkQuality(cohort: Cohort, options: QualityOptions = {}): QualityReport {
  assertCohortShape(cohort);
  const smallCohort = options.smallCohort ?? false;
  const size = checkSize(cohort, {
    minimumPatients: wholeNumber("minimumPatients", options.minimumPatients ?? 100),
    minimumDeaths: wholeNumber("minimumDeaths", options.minimumDeaths ?? 5),
    smallCohort,
  });
  const clinical = checkClinical(cohort);
  const plausibility = checkPlausibility(cohort, size.usable);
  const tables = checkTables(cohort);
  const profiles = chooseProfiles(cohort);
  const duplicates = checkDuplicates(cohort, profiles);
  const librarySize = checkLibrarySize(cohort);
  const outliers = checkOutliers(profiles);
  const batches = checkBatches(cohort, profiles);
  const checks = [size, clinical, plausibility, tables, duplicates, librarySize, outliers, batches];
  const findings = checks
    .flatMap((check) => check.findings)
    .concat(options.furtherFindings ?? [])
    .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  return {
    passed: findings.every((finding) => finding.level !== "error"),
    strictPrivacy: smallCohort,
    simulated: cohort.simulated,
    patients: cohort.patientIds.length,
    usablePatients: size.usable.length,
    countedParts: size.parts,
    deathsAmongUsable: size.deaths,
    medianFollowUpDays: plausibility.medianFollowUpDays,
    variables: clinical.variables,
    tables: tables.tables,
    samples: {
      identical: duplicates.identical,
      nearIdenticalPairs: duplicates.nearIdenticalPairs,
      similarPairs: duplicates.similarPairs,
      librarySizeOutliers: librarySize.outliers,
      expressionOutliers: outliers.outliers,
    },
    batches: batches.batches,
    findings,
  };
}

function wholeNumber(option: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw osteonError("quality.option", { option, minimum: 1 });
}
