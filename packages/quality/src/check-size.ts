import { completePatients, type Cohort, type CohortPart } from "@osteon/cohort";
import type { Finding } from "./quality-report.ts";

/** Under this many no option helps: every estimate would be noise and every patient exposed. */
const absoluteFloor = 30;

export interface SizeLimits {
  readonly minimumPatients: number;
  readonly minimumDeaths: number;
  readonly smallCohort: boolean;
}

export interface SizeCheck {
  readonly parts: readonly CohortPart[];
  readonly usable: readonly number[];
  readonly deaths: number;
  readonly findings: readonly Finding[];
}

const partNames: Readonly<Record<CohortPart, string>> = {
  survival: "survival",
  age: "age",
  metastasis: "metastasis",
  mutations: "mutations",
  copyNumber: "copy number",
  expression: "expression",
};

/** Are there enough patients with everything that training needs, and enough deaths among them? */
export function checkSize(cohort: Cohort, limits: SizeLimits): SizeCheck {
  const parts: CohortPart[] = ["survival", "age", "metastasis"];
  if (cohort.mutations.genes.length > 0) parts.push("mutations");
  if (cohort.expression.genes.length > 0) parts.push("expression");
  const usable = completePatients(cohort, parts);
  const deaths = usable.filter((row) => cohort.clinical.event[row] === 1).length;
  const findings: Finding[] = [];
  const have = `${usable.length} of ${cohort.patientIds.length} patients have ${listOf(parts)}`;
  if (usable.length < absoluteFloor) {
    findings.push({
      level: "error",
      code: "too-few-patients",
      message: `${have}; under ${absoluteFloor} nothing can be estimated or kept private. Gather more patients`,
    });
  } else if (usable.length < limits.minimumPatients && !limits.smallCohort) {
    findings.push({
      level: "error",
      code: "too-few-patients",
      message:
        `${have}; ${limits.minimumPatients} are asked for. Add patients, or set small_cohort: true, ` +
        `which admits ${absoluteFloor} or more and seals no model that repeats one of them`,
    });
  } else if (usable.length < limits.minimumPatients) {
    findings.push({
      level: "warning",
      code: "small-cohort",
      message:
        `${have}, fewer than ${limits.minimumPatients}, and small_cohort admits them. ` +
        "A model that repeats one of them will not be sealed; read every figure with its interval",
    });
  }
  if (deaths < limits.minimumDeaths) {
    findings.push({
      level: "error",
      code: "too-few-deaths",
      message:
        `${deaths} of these ${usable.length} patients died; at least ${limits.minimumDeaths} deaths are needed ` +
        "to model survival. Wait for follow-up, or check how the status is coded",
    });
  }
  return { parts, usable, deaths, findings };
}

function listOf(parts: readonly CohortPart[]): string {
  const names = parts.map((part) => partNames[part]);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
