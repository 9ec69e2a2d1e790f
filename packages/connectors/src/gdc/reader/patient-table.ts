import { daysPerMonth, isMissingCode } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { SourceRow, SourceTable } from "../../reading/source-table.ts";
import type { GdcCase } from "../download/case-schema.ts";
import { casesFile } from "../download/download-manifest.ts";
import type { ClinicalSupplement } from "./clinical-supplement.ts";
import type { CaseOnLine } from "./read-cases.ts";

const daysPerYear = 365.25;

type Diagnosis = NonNullable<GdcCase["diagnoses"]>[number];
type Days = string | number | null | undefined;

/**
 * The GDC's words for metastasis at diagnosis in the contract's. Regional lymph nodes are not the distant metastasis
 * that is asked for, nor its absence.
 */
const metastasisWords: ReadonlyMap<string, string> = new Map([
  ["distant metastasis", "yes"],
  ["metastasis, nos", "yes"],
  ["no metastasis", "no"],
  ["regional metastasis", ""],
]);

/**
 * Cases as rows of the clinical patient table. The GDC tells days: from birth to diagnosis, from diagnosis (or another
 * day 0, which `days_to_diagnosis` tells) to death or follow-up.
 */
export function patientTable(cases: readonly CaseOnLine[], supplement: ClinicalSupplement): SourceTable {
  return { name: casesFile, rows: rowsOf(cases, supplement) };
}

async function* rowsOf(cases: readonly CaseOnLine[], supplement: ClinicalSupplement): AsyncGenerator<SourceRow> {
  const others = [...new Set(cases.flatMap((entry) => [...entry.others.keys()]))].sort();
  yield {
    line: 1,
    cells: [
      "PATIENT_ID",
      "SEX",
      "AGE",
      "OS_STATUS",
      "OS_MONTHS",
      "METASTATIC_AT_DIAGNOSIS",
      ...(supplement.hasNecrosis ? ["PERCENT_NECROSIS"] : []),
      ...others,
    ],
  };
  for (const entry of cases) {
    const { found, line } = entry;
    const diagnosis = primaryDiagnosis(found.diagnoses ?? []);
    const told = supplement.patients.get(found.submitter_id);
    yield {
      line,
      cells: [
        found.submitter_id,
        found.demographic?.sex_at_birth ?? found.demographic?.gender ?? "",
        inUnits(diagnosis?.age_at_diagnosis, daysPerYear),
        found.demographic?.vital_status ?? "",
        inUnits(survivalDays(found, diagnosis, line), daysPerMonth),
        told?.metastasis || metastasisOf(diagnosis),
        ...(supplement.hasNecrosis ? [told?.necrosis ?? ""] : []),
        ...others.map((name) => entry.others.get(name) ?? ""),
      ],
    };
  }
}

/** The diagnosis stated to be the primary disease's, else the one of a primary tumour, else the earliest. */
function primaryDiagnosis(diagnoses: readonly Diagnosis[]): Diagnosis | undefined {
  const rank = ({ diagnosis_is_primary_disease: isPrimary, classification_of_tumor: tumour }: Diagnosis) => {
    if (String(isPrimary).toLowerCase() === "true") return 0;
    return tumour?.toLowerCase() === "primary" ? 1 : 2;
  };
  const order = (days: Days) => numberOf(days) ?? Number.POSITIVE_INFINITY;
  const isBefore = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);
  return diagnoses.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      isBefore(order(a.days_to_diagnosis), order(b.days_to_diagnosis)) ||
      isBefore(order(a.age_at_diagnosis), order(b.age_at_diagnosis)),
  )[0];
}

/**
 * Days from diagnosis to death, or to the latest follow-up. The day of a death that is not known is not the day of
 * the last visit.
 *
 * @throws deidentification.dates-contradict
 */
function survivalDays(found: GdcCase, diagnosis: Diagnosis | undefined, line: number): Days {
  const { vital_status: status, days_to_death: death } = found.demographic ?? {};
  const isAlive = status?.toLowerCase() === "alive";
  if (isAlive && isKnown(death)) throw osteonError("deidentification.dates-contradict", { file: casesFile, line });
  const isDead = status?.toLowerCase() === "dead" || isKnown(death);
  const followUps = [
    ...(found.diagnoses ?? []).map((told) => told.days_to_last_follow_up),
    ...(found.follow_ups ?? []).map((told) => told.days_to_follow_up),
  ];
  const end = isDead ? death : latest(followUps);
  const day = numberOf(end);
  return day === undefined ? end : day - (numberOf(diagnosis?.days_to_diagnosis) ?? 0);
}

/** What is no number is handed on, for the contract to refuse. */
function latest(days: readonly Days[]): Days {
  const known = days.filter(isKnown);
  const odd = known.find((day) => numberOf(day) === undefined);
  return odd ?? (known.length === 0 ? undefined : Math.max(...known.map(Number)));
}

function metastasisOf(diagnosis: Diagnosis | undefined): string {
  const text = diagnosis?.metastasis_at_diagnosis ?? "";
  return metastasisWords.get(text.toLowerCase()) ?? text;
}

/** Days as text in another unit, exact enough to be the same days again. */
function inUnits(days: Days, daysPerUnit: number): string {
  const number = numberOf(days);
  return number === undefined ? String(days ?? "") : String(number / daysPerUnit);
}

function isKnown(days: Days): boolean {
  return days !== null && days !== undefined && !isMissingCode(String(days));
}

function numberOf(days: Days): number | undefined {
  const number = isKnown(days) ? Number(days) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}
