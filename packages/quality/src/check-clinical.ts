import type { Cohort } from "@osteon/cohort";
import type { Finding, VariableReport } from "./quality-report.ts";

interface Description {
  readonly name: string;
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly values: ArrayLike<number>;
  readonly isKnown: (value: number) => boolean;
}

const isNumber = (value: number) => !Number.isNaN(value);
const isCode = (value: number) => value >= 0;
/** Values averaged for each end of a range, so that no end is one patient's. */
const averaged = 5;
const muchMissing = 0.2;
/** Variables that nothing else depends on. */
const optional: ReadonlySet<string> = new Set(["male", "necrosis"]);

/** Missingness, range and limits of every clinical variable. */
export function checkClinical(cohort: Cohort): { variables: VariableReport[]; findings: Finding[] } {
  const { clinical } = cohort;
  const code = { unit: "0/1", minimum: 0, maximum: 1, isKnown: isCode };
  const descriptions: Description[] = [
    {
      name: "survival time",
      unit: "days",
      minimum: 0,
      maximum: 36_525,
      values: clinical.survivalTimeDays,
      isKnown: isNumber,
    },
    { name: "event", ...code, values: clinical.event },
    // 90 is what de-identification makes of all ages over 89.
    { name: "age", unit: "years", minimum: 0, maximum: 90, values: clinical.ageYears, isKnown: isNumber },
    { name: "metastasis", ...code, values: clinical.metastasis },
    { name: "male", ...code, values: clinical.male },
    { name: "necrosis", unit: "%", minimum: 0, maximum: 100, values: clinical.necrosisPercent, isKnown: isNumber },
  ];
  const variables = descriptions.map(describe);
  const findings: Finding[] = [];
  for (const variable of variables) {
    if (variable.outOfRange > 0) {
      findings.push({
        level: "error",
        code: "out-of-range",
        message:
          `${variable.name}: ${variable.outOfRange} values are not ${variable.allowed}. ` +
          "Correct them at the source, or leave them out; check the unit",
      });
    }
    if (variable.missingFraction > muchMissing) {
      const percent = Math.round(100 * variable.missingFraction);
      findings.push({
        level: optional.has(variable.name) ? "info" : "warning",
        code: "much-missing",
        message:
          `${variable.name}: ${variable.missing} of ${variable.known + variable.missing} values (${percent} %) ` +
          "are missing. Ask whether they are missing by chance; if not, the known ones mislead",
      });
    }
  }
  return { variables, findings };
}

function describe(description: Description): VariableReport {
  const { name, unit, minimum, maximum, isKnown } = description;
  const known = Float64Array.from(description.values).filter(isKnown);
  const inRange = known.filter((value) => value >= minimum && value <= maximum).sort();
  const missing = description.values.length - known.length;
  return {
    name,
    unit,
    known: known.length,
    missing,
    missingFraction: description.values.length === 0 ? 0 : missing / description.values.length,
    allowed: unit === "0/1" ? "0 or 1" : `${minimum} to ${maximum} ${unit}`,
    outOfRange: known.length - inRange.length,
    range:
      inRange.length < 2 * averaged
        ? null
        : { low: meanOf(inRange.slice(0, averaged)), high: meanOf(inRange.slice(-averaged)) },
  };
}

function meanOf(values: Float64Array): number {
  return Number((values.reduce((a, b) => a + b, 0) / values.length).toPrecision(3));
}
