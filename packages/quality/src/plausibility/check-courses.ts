import { exactBinomialInterval, rocArea, rocAreaNullRange } from "@osteon/numerics";
import { estimateKaplanMeier, readSurvivalAt, testLogRank } from "@osteon/survival";
import type { ClinicalTable } from "@osteon/cohort";
import type { Finding } from "../quality-report.ts";

const daysPerYear = 365.25;
/** Of patients diagnosed before 1975 next to none lived on: there was no chemotherapy (Link et al. 1986). */
const longestFollowUpYears = 50;
/** The oldest person on record reached 122. */
const oldestPossible = 122;
/**
 * Alive after three years: 71 % of all, 56 % of the metastatic, 39 % with MYC amplification (Marinoff 2020, 92
 * patients); the limits leave room for cohorts of only the worst or only the best.
 */
const survivalAtThreeYears = { low: 0.35, high: 0.9 };
/** Metastatic at diagnosis: 25 % (TARGET), 37 % (Marinoff 2020), with room for other referral. */
const metastaticShare = { low: 0.1, high: 0.5 };
const fewestPatients = 30;
const fewestDeaths = 10;
const confidence = 0.99;

/**
 * Courses that the disease does not have, and what a status or a metastasis coded the wrong way round would show.
 *
 * @param followed rows with a survival time of 0 or more days and a status
 */
export function checkCourses(clinical: ClinicalTable, followed: readonly number[]): Finding[] {
  const { survivalTimeDays, event, ageYears } = clinical;
  const findings: Finding[] = [];
  const count = (test: (row: number) => boolean) => followed.filter(test).length;
  const died = count((row) => event[row] === 1);
  const diedOnDayZero = count((row) => event[row] === 1 && survivalTimeDays[row] === 0);
  if (diedOnDayZero > 0) {
    findings.push({
      level: "warning",
      code: "death-on-day-zero",
      message:
        `survival time: ${diedOnDayZero} of ${died} deaths are on the day of diagnosis. Check whether the diagnosis ` +
        "was made after death, or one of the dates stands for the other",
    });
  }
  if (followed.length >= fewestPatients && died === followed.length) {
    findings.push({
      level: "warning",
      code: "everyone-died",
      message:
        `event: all ${died} patients died, where two of three are alive after three years. Check how the status is ` +
        "coded, and that patients who are alive were not left out",
    });
  }
  const lived = count((row) => ageYears[row]! + survivalTimeDays[row]! / daysPerYear > oldestPossible);
  if (lived > 0) {
    findings.push({
      level: "error",
      code: "lived-too-long",
      message:
        `survival time: ${lived} patients would be older than ${oldestPossible} at their last contact. ` +
        "Check the units of age and survival time",
    });
  }
  const long = count((row) => survivalTimeDays[row]! > longestFollowUpYears * daysPerYear);
  if (long > 0) {
    findings.push({
      level: "warning",
      code: "follow-up-too-long",
      message:
        `survival time: ${long} of ${followed.length} patients are followed for more than ${longestFollowUpYears} years, ` +
        "longer than osteosarcoma has been treatable. Check the unit and the date of diagnosis",
    });
  }
  if (died < followed.length) {
    findings.push(...checkThreeYears(clinical, followed), ...checkStatus(clinical, followed));
  }
  findings.push(...checkMetastasis(clinical, followed));
  return findings;
}

function checkThreeYears({ survivalTimeDays, event }: ClinicalTable, followed: readonly number[]): Finding[] {
  if (followed.length < fewestPatients) return [];
  const curve = estimateKaplanMeier(
    Float64Array.from(followed, (row) => survivalTimeDays[row]!),
    Int8Array.from(followed, (row) => event[row]!),
    { bandScale: "log-log", confidenceLevel: confidence },
  );
  const threeYears = 3 * daysPerYear;
  // Without anybody followed so far the curve ends before.
  if (!(curve.timesDays.at(-1)! >= threeYears)) return [];
  const at = (line: "survival" | "lower" | "upper") => readSurvivalAt(curve, [threeYears], line)[0]!;
  const { low, high } = survivalAtThreeYears;
  if (at("upper") >= low && at("lower") <= high) return [];
  return [
    {
      level: "warning",
      code: "survival-unusual",
      message:
        `survival time: ${percent(at("survival"))} are alive after three years, where 39 to 71 % are published. Check ` +
        "that the status is not coded the other way round, the unit of time, and how the patients were chosen",
    },
  ];
}

/** Most who die do so in the first years, while those who live are followed on. */
function checkStatus({ survivalTimeDays, event }: ClinicalTable, followed: readonly number[]): Finding[] {
  const timesOf = (status: number) =>
    followed.filter((row) => event[row] === status).map((row) => survivalTimeDays[row]!);
  const [died, alive] = [timesOf(1), timesOf(0)];
  if (Math.min(died.length, alive.length) < fewestDeaths) return [];
  const [, upper] = rocAreaNullRange(died.length, alive.length, confidence);
  if (rocArea(died, alive)! <= upper) return [];
  return [
    {
      level: "warning",
      code: "status-reversed",
      message:
        "event: patients who died did so later than the others were last seen, where most deaths are in the first years. " +
        "Check that the status is not coded the other way round",
    },
  ];
}

function checkMetastasis(
  { survivalTimeDays, event, metastasis }: ClinicalTable,
  followed: readonly number[],
): Finding[] {
  const findings: Finding[] = [];
  const known = metastasis.filter((code) => code >= 0);
  const metastatic = known.filter((code) => code === 1).length;
  if (known.length >= fewestPatients) {
    const { lower, upper } = exactBinomialInterval(metastatic, known.length, confidence);
    if (upper < metastaticShare.low || lower > metastaticShare.high) {
      findings.push({
        level: "warning",
        code: "metastasis-unusual",
        message:
          `metastasis: ${metastatic} of ${known.length} patients are metastatic at diagnosis, where 20 to 40 % are usual. ` +
          "Check the coding, and that later metastases are not counted",
      });
    }
  }
  const rows = followed.filter((row) => metastasis[row]! >= 0);
  if (rows.length === 0) return findings;
  const { groups, observedDeaths, expectedDeaths, pValue } = testLogRank(
    Float64Array.from(rows, (row) => survivalTimeDays[row]!),
    Int8Array.from(rows, (row) => event[row]!),
    Int8Array.from(rows, (row) => metastasis[row]!),
  );
  if (groups.length === 2 && pValue < 1 - confidence && observedDeaths[1]! < expectedDeaths[1]!) {
    findings.push({
      level: "warning",
      code: "metastasis-reversed",
      message:
        "metastasis: patients with metastasis live longer than those without, against everything that is known of the " +
        "disease. Check that metastasis or the status is not coded the other way round",
    });
  }
  return findings;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
