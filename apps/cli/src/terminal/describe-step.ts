import type { StepName, StepRecord } from "@osteon/pipeline";
import { bytesOf, countOf } from "./amounts.ts";

type Detail = StepRecord["detail"];

/** What came of a step, in half a line. */
export function describeStep(step: StepName, detail: Detail): string {
  const number = (name: string): number => {
    const value = detail[name];
    return typeof value === "number" ? value : 0;
  };
  const text = (name: string): string => String(detail[name] ?? "");
  switch (step) {
    case "load":
      return (
        `${countOf(number("patients"), "patient")} (${number("deaths").toLocaleString("en")} died), ` +
        `${number("sequenced").toLocaleString("en")} sequenced, ${number("withExpression").toLocaleString("en")} with ` +
        `expression of ${countOf(number("expressionGenes"), "gene")}`
      );
    case "deidentify": {
      const found = number("identifiersFound");
      const columns = `${countOf(number("columnsTaken"), "column")} taken, ${number("columnsDropped")} dropped`;
      const alarms = found === 0 ? "no identifier found" : `${countOf(found, "identifier")} found in dropped columns`;
      return number("columnsTaken") === 0 ? "pseudonyms given" : `${columns}, ${alarms}`;
    }
    case "check": {
      const warnings = number("warnings");
      const leftOut = number("leftOut");
      return [
        `${countOf(number("patients"), "patient")} with all that is required`,
        ...(leftOut > 0 ? [`${leftOut.toLocaleString("en")} left out`] : []),
        warnings === 0 ? "no warning" : countOf(warnings, "warning"),
      ].join(", ");
    }
    case "features": {
      const unscored = number("pathwaysWithTooFewGenes");
      return (
        `${number("mutationGenes")} mutation, ${number("copyNumberGenes")} copy-number and ` +
        `${countOf(number("expressionGenes"), "expression gene")}; ${countOf(number("pathways"), "pathway")}` +
        (unscored === 0 ? "" : `, ${unscored} left out with too few genes`)
      );
    }
    case "train": {
      const warning = text("warning");
      const trained = `${countOf(number("patients"), "patient")}, ${countOf(number("factors"), "factor")}`;
      const promise = text("epsilon") === "" ? "" : `, epsilon ${text("epsilon")} at delta ${text("delta")}`;
      return `${trained}${promise}, model ${text("modelVersion")}${warning === "" ? "" : `; ${warning}`}`;
    }
    case "generate": {
      const leftOut = text("scenariosLeftOut");
      return (
        `${countOf(number("patients"), "synthetic patient")} in ${countOf(number("cohorts"), "cohort")}` +
        (leftOut === "" ? "" : `; too few training patients for ${leftOut}`)
      );
    }
    case "validate": {
      const score = detail["calibratedBiologicalScore"];
      const passed = detail["gatePassed"];
      const gate = passed === true ? "gate passed" : passed === false ? "gate NOT passed" : "gate cannot be told";
      return (
        `${countOf(number("splits"), "split")} of ${number("trainPatients")} to train, ${number("holdOutPatients")} held out; ` +
        `calibrated biological score ${typeof score === "number" ? score.toFixed(2) : "not known"}; ` +
        `${countOf(number("memorisationFlags"), "memorisation flag")}; ${gate}`
      );
    }
    case "report":
      return text("report");
    case "seal":
      return `model ${text("modelVersion")}, ${bytesOf(number("bytes"))}`;
  }
}
