import { hasPart, UNKNOWN, type Cohort } from "@osteon/cohort";
import { estimateKaplanMeier } from "@osteon/survival";
import type { BatchConfounding } from "./batch-report.ts";

export interface ClinicalColumn {
  readonly variable: BatchConfounding["variable"];
  /** One a patient, NaN where unknown. */
  readonly values: Float64Array;
}

/** The clinical variables as numbers that an analysis of variance can take. */
export function listClinicalColumns({ clinical, ...cohort }: Cohort): readonly ClinicalColumn[] {
  const code = (values: Int8Array) => Float64Array.from(values, (value) => (value === UNKNOWN ? NaN : value));
  return [
    { variable: "metastasis", values: code(clinical.metastasis) },
    { variable: "event", values: code(clinical.event) },
    { variable: "survival", values: logRankScores({ clinical, ...cohort }) },
    { variable: "age", values: clinical.ageYears },
    { variable: "sex", values: code(clinical.male) },
  ];
}

/**
 * Event less cumulative hazard by the patient's time: the scores whose comparison between groups is the log-rank
 * test (Peto & Peto 1972). High for an early death, low for a long life.
 */
function logRankScores(cohort: Cohort): Float64Array {
  const { survivalTimeDays, event } = cohort.clinical;
  const rows = [...cohort.patientIds.keys()].filter(
    (row) => hasPart(cohort, "survival", row) && survivalTimeDays[row]! >= 0 && survivalTimeDays[row]! < Infinity,
  );
  const scores = new Float64Array(cohort.patientIds.length).fill(NaN);
  if (rows.length === 0) return scores;
  const curve = estimateKaplanMeier(
    Float64Array.from(rows, (row) => survivalTimeDays[row]!),
    Int8Array.from(rows, (row) => event[row]!),
  );
  let hazard = 0;
  const hazardAt = new Map<number, number>();
  curve.timesDays.forEach((time, k) => {
    hazard += curve.deaths[k]! / curve.atRisk[k]!;
    hazardAt.set(time, hazard);
  });
  for (const row of rows) scores[row] = event[row]! - hazardAt.get(survivalTimeDays[row]!)!;
  return scores;
}
