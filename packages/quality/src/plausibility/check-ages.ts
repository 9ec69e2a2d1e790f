import { exactBinomialInterval } from "@osteon/numerics";
import type { Finding } from "../quality-report.ts";
import { medianOf } from "../robust-score.ts";

const youngestUsual = 3;
const oldestUsual = 60;
/**
 * Shares of a cohort that are no longer chance. Of the patients of whole populations hardly any are so young, and a
 * fifth are 60 or older. Source: Mirabello et al. 2009 (Cancer 115:1531, 3,482 patients), Cole et al. 2022
 * (Cancer 128:2107, 5,016 patients).
 */
const largestShare = { young: 0.02, old: 0.25 };
/** Half of all patients are under 25, most of these 10 to 19; cohorts of adults alone are older, not this old. */
const usualMedian = { low: 8, high: 45 };
const fewestKnown = 20;
const confidence = 0.99;

/** Osteosarcoma has its peak at 10 to 19 years, and a second, lower one after 60. */
export function checkAges(ageYears: Float64Array): Finding[] {
  const known = ageYears.filter((age) => age >= 0 && age <= 120);
  if (known.length === 0) return [];
  const findings: Finding[] = [];
  const young = known.filter((age) => age < youngestUsual).length;
  const old = known.filter((age) => age > oldestUsual).length;
  if (young + old > 0) {
    const isTooMany =
      exactBinomialInterval(young, known.length, confidence).lower > largestShare.young ||
      exactBinomialInterval(old, known.length, confidence).lower > largestShare.old;
    findings.push({
      level: isTooMany ? "warning" : "info",
      code: "age-unusual",
      message:
        `age: ${young} of ${known.length} patients are under ${youngestUsual} and ${old} over ${oldestUsual} years, ` +
        "where osteosarcoma is rare (and in the old often follows Paget disease or radiation). Check the diagnosis " +
        "and that ages are in years at diagnosis",
    });
  }
  const median = medianOf(known);
  if (known.length >= fewestKnown && (median < usualMedian.low || median > usualMedian.high)) {
    findings.push({
      level: "warning",
      code: "age-distribution",
      message:
        `age: half of the patients are ${median < usualMedian.low ? "under" : "over"} about ${Math.round(median)} years; ` +
        "osteosarcoma has its peak at 10 to 19. Check the unit, and that it is the age at diagnosis",
    });
  }
  return findings;
}
