import { clinicalVariables, type ClinicalVariable, type Cohort } from "@osteon/cohort";
import type { Finding, VariableReport } from "./quality-report.ts";

/** Values averaged for each end of a range, so that no end is one patient's. */
const averaged = 5;
const muchMissing = 0.2;
/** Variables that nothing else depends on. */
const optional: ReadonlySet<string> = new Set(["male", "necrosis"]);

/** Missingness, range and limits of every clinical variable. */
export function checkClinical(cohort: Cohort): { variables: VariableReport[]; findings: Finding[] } {
  const variables = clinicalVariables.map((variable) => describe(variable, cohort.clinical[variable.field]));
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

function describe(
  { name, unit, minimum, maximum, codes }: ClinicalVariable,
  values: ArrayLike<number>,
): VariableReport {
  const known = Float64Array.from(values).filter((value) => (codes === undefined ? !Number.isNaN(value) : value >= 0));
  const inRange = known.filter((value) => value >= minimum && value <= maximum).sort();
  const missing = values.length - known.length;
  return {
    name,
    unit,
    known: known.length,
    missing,
    missingFraction: values.length === 0 ? 0 : missing / values.length,
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
