import { hasPart, type Cohort } from "@osteon/cohort";
import { estimateMedianFollowUp } from "@osteon/survival";
import { checkAges } from "./plausibility/check-ages.ts";
import { checkAlterations } from "./plausibility/check-alterations.ts";
import { checkCourses } from "./plausibility/check-courses.ts";
import { checkDosage } from "./plausibility/check-dosage.ts";
import { checkSexGenes } from "./plausibility/check-sex-genes.ts";
import type { Finding } from "./quality-report.ts";

/** A group of fewer is too small to learn its own distribution from, and exposes its members. */
const smallestGroup = 5;
const yearDays = 365;

/** What each value alone cannot show: follow-up, group sizes, what osteosarcoma is and is not like. */
export function checkPlausibility(
  cohort: Cohort,
  usable: readonly number[],
): { medianFollowUpDays: number | null; findings: Finding[] } {
  const findings: Finding[] = [];
  const { survivalTimeDays, event, metastasis } = cohort.clinical;
  const followed = [...cohort.patientIds.keys()].filter(
    (row) => hasPart(cohort, "survival", row) && survivalTimeDays[row]! >= 0 && survivalTimeDays[row]! < Infinity,
  );
  const dayZero = followed.filter((row) => survivalTimeDays[row] === 0).length;
  if (dayZero > 0) {
    findings.push({
      level: "info",
      code: "day-zero-survival",
      message:
        `survival time: ${dayZero} of ${followed.length} patients have 0 days. ` +
        "Check that they were seen on the day of diagnosis only, and that 0 does not stand for unknown",
    });
  }
  const medianFollowUpDays = medianFollowUp(
    Float64Array.from(followed, (row) => survivalTimeDays[row]!),
    Int8Array.from(followed, (row) => event[row]!),
  );
  if (medianFollowUpDays !== null && medianFollowUpDays < yearDays) {
    findings.push({
      level: "warning",
      code: "short-follow-up",
      message:
        "survival time: the median follow-up is under a year, so most deaths are still to come. " +
        "Check that the unit is days, and do not read late survival from this cohort",
    });
  }
  for (const [code, wanted, words] of [
    ["few-metastatic", 1, "have metastasis at diagnosis"],
    ["few-not-metastatic", 0, "have no metastasis at diagnosis"],
  ] as const) {
    const count = usable.filter((row) => metastasis[row] === wanted).length;
    if (usable.length === 0 || count >= smallestGroup) continue;
    findings.push({
      level: "warning",
      code,
      message:
        `metastasis: ${count} of ${usable.length} usable patients ${words}; fewer than ${smallestGroup} ` +
        "carry no effect that could be estimated. Do not ask for synthetic patients of this group",
    });
  }
  findings.push(
    ...checkAges(cohort.clinical.ageYears),
    ...checkCourses(cohort.clinical, followed),
    ...checkAlterations(cohort),
    ...checkSexGenes(cohort),
    ...checkDosage(cohort),
    ...checkTumourData(cohort),
  );
  return { medianFollowUpDays, findings };
}

/** Whole days, rounded to tens: a median follow-up is one patient's own time. */
function medianFollowUp(timesDays: Float64Array, events: Int8Array): number | null {
  if (timesDays.length < 2 * smallestGroup) return null;
  const days = estimateMedianFollowUp(timesDays, events);
  return days === undefined ? null : Math.round(days / 10) * 10;
}

function checkTumourData(cohort: Cohort): Finding[] {
  const parts = ["mutations", "copyNumber", "expression"] as const;
  const without = [...cohort.patientIds.keys()].filter((row) => !parts.some((part) => hasPart(cohort, part, row)));
  if (without.length === 0) return [];
  return [
    {
      level: "info",
      code: "no-tumour-data",
      message:
        `${without.length} of ${cohort.patientIds.length} patients have neither mutations nor copy number ` +
        "nor expression. They take no part in training; restrict the run to the others if that is wrong",
    },
  ];
}
