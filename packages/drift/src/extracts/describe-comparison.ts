import type { Finding } from "@osteon/quality";
import type { DriftReport, VariableDrift } from "@osteon/contracts";
import type { ExtractComparison } from "./compare-extracts.ts";

const mostNamed = 5;

/** What a comparison of extracts says to whoever checks the new one. */
export function describeComparison({ patients, changes, implausible, drift }: ExtractComparison): Finding[] {
  const findings: Finding[] = [];
  const before = patients.kept + patients.gone;
  if (patients.gone > 0) {
    findings.push({
      level: "warning",
      code: "extract-patients-gone",
      message:
        `${patients.gone} of ${before} patients of the last extract are not in this one. ` +
        "Ask whether they withdrew, or whether the query or the release of the pseudonyms changed",
    });
  }
  const altered = changes.filter(({ name, changed, lost }) => lost > 0 || (changed > 0 && !follows(name)));
  if (altered.length > 0) {
    const parts = altered.map(({ name, changed, lost, compared }) => {
      const known = compared + lost;
      return `${name} (${[changed > 0 ? `${changed} other` : "", lost > 0 ? `${lost} lost` : ""].filter(Boolean).join(", ")} of ${known})`;
    });
    findings.push({
      level: "warning",
      code: "extract-values-changed",
      message:
        `values of patients who were in the last extract have changed: ${parts.join("; ")}. ` +
        "Ask whether they were corrected, or are read, measured or rounded by other rules now",
    });
  }
  if (implausible.revived + implausible.shortened > 0) {
    findings.push({
      level: "warning",
      code: "extract-implausible-change",
      message:
        `patients of the last extract: dead then and alive now ${implausible.revived}; followed for fewer days now ` +
        `${implausible.shortened}. Check the coding of the status and the unit of time`,
    });
  }
  findings.push(describeAdded(patients.added, drift));
  return findings;
}

/** Time goes on: longer follow-up and further deaths are no corrections. */
function follows(name: string): boolean {
  return name === "survival time" || name === "event";
}

function describeAdded(added: number, drift: DriftReport | null): Finding {
  if (drift === null) {
    return {
      level: "info",
      code: "extract-drift-unknown",
      message: `${added} patients came in since the last extract: too few to compare them with it`,
    };
  }
  const who = `the ${drift.current} patients who came in since the last extract`;
  if (drift.state === "drift") {
    const found = drift.variables.filter(({ state }) => state === "drift").sort((a, b) => a.qValue - b.qValue);
    const more = found.length > mostNamed ? ` and ${found.length - mostNamed} more` : "";
    return {
      level: "warning",
      code: "extract-drift",
      message:
        `${who} differ from its ${drift.reference} in ${found.slice(0, mostNamed).map(describeVariable).join("; ")}${more}. ` +
        "Find out why (who is referred, how it is measured) before one model is trained on both",
    };
  }
  const blind = drift.groups.filter(({ state }) => state === "cannot tell yet").map(({ name }) => name);
  return drift.state === "no drift"
    ? { level: "info", code: "extract-no-drift", message: `${who} do not differ from its ${drift.reference}` }
    : {
        level: "info",
        code: "extract-drift-unknown",
        message:
          `${who} show no difference from its ${drift.reference}, but so few could hide a large one ` +
          `(${blind.join(", ")}). See what could have been found in the report`,
      };
}

function describeVariable({ name, difference, unit, qValue }: VariableDrift): string {
  const words = difference === null ? "" : `${describeDifference(name, difference, unit)}, `;
  return `${name} (${words}q ${qValue.toPrecision(2)})`;
}

function describeDifference(name: string, difference: number, unit: VariableDrift["unit"]): string {
  if (unit === "hazard ratio") {
    return `${name === "follow-up" ? "ends" : "they die"} at ${difference.toFixed(1)} times the rate`;
  }
  const sign = difference < 0 ? "−" : "+";
  const size = Math.abs(difference);
  return unit === "share" ? `${sign}${(100 * size).toFixed(0)} points` : `${sign}${size.toFixed(2)} SD`;
}
