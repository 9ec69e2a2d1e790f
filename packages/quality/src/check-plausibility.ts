import { hasPart, type Cohort } from "@osteon/cohort";
import { estimateMedianFollowUp } from "@osteon/survival";
import type { Finding } from "./quality-report.ts";

/** A group of fewer is too small to learn its own distribution from, and exposes its members. */
const smallestGroup = 5;
const yearDays = 365;

/** What each value alone cannot show: follow-up, group sizes, alterations that exclude each other. */
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
  findings.push(...checkExclusiveAlterations(cohort), ...checkTumourData(cohort));
  return { medianFollowUpDays, findings };
}

/** Whole days, rounded to tens: a median follow-up is one patient's own time. */
function medianFollowUp(timesDays: Float64Array, events: Int8Array): number | null {
  if (timesDays.length < 2 * smallestGroup) return null;
  const days = estimateMedianFollowUp(timesDays, events);
  return days === undefined ? null : Math.round(days / 10) * 10;
}

/** TP53 mutation and MDM2 amplification do the same to p53 and hardly ever meet (Oliner 1992). */
function checkExclusiveAlterations(cohort: Cohort): Finding[] {
  const { mutations, copyNumber } = cohort;
  const tp53 = mutations.genes.indexOf("TP53");
  const mdm2 = copyNumber.genes.indexOf("MDM2");
  if (tp53 < 0 || mdm2 < 0) return [];
  let measured = 0;
  let both = 0;
  for (let row = 0; row < cohort.patientIds.length; row++) {
    const mutated = mutations.values[row * mutations.genes.length + tp53]!;
    const copies = copyNumber.values[row * copyNumber.genes.length + mdm2]!;
    if (mutated < 0 || copies < -2) continue;
    measured++;
    if (mutated === 1 && copies === 2) both++;
  }
  if (both === 0) return [];
  const isFrequent = both > 0.05 * measured;
  return [
    {
      level: isFrequent ? "warning" : "info",
      code: "tp53-mutation-with-mdm2-amplification",
      message:
        `${both} of ${measured} tumours have a TP53 mutation and an MDM2 amplification, which exclude each other. ` +
        "Check that mutation and copy-number tables hold the same patients in the same order",
    },
  ];
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
