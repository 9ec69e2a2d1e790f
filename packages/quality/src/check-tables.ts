import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";
import type { Finding, TableReport } from "./quality-report.ts";

interface Table {
  readonly name: TableReport["name"];
  readonly words: string;
  readonly unit: string;
  readonly genes: readonly string[];
  readonly values: ArrayLike<number>;
  readonly isKnown: (value: number) => boolean;
  readonly minimum: number;
  readonly maximum: number;
  readonly allowed: string;
}

/** log2 of a million transcripts and one: a gene cannot have more per million. */
const largestLogPerMillion = Math.log2(1_000_001);
/** A rank score beyond 10 would need more patients than there are people. */
const largestScore = 10;

/** Missingness, range and variation of the molecular tables. A table of no genes is left out. */
export function checkTables(cohort: Cohort): { tables: TableReport[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const tables = tablesOf(cohort)
    .filter((table) => table.genes.length > 0)
    .map((table) => {
      const report = describe(table, cohort.patientIds.length);
      findings.push(...judge(table, report));
      return report;
    });
  return { tables, findings };
}

function tablesOf({ mutations, copyNumber, expression }: Cohort): Table[] {
  const isPerMillion = expression.unit !== "z-score";
  return [
    {
      name: "mutations",
      words: "mutations",
      unit: "0/1",
      ...mutations,
      isKnown: (value) => value !== UNKNOWN,
      minimum: 0,
      maximum: 1,
      allowed: "0 or 1",
    },
    {
      name: "copyNumber",
      words: "copy number",
      unit: "level",
      ...copyNumber,
      isKnown: (value) => value !== COPY_NUMBER_UNKNOWN,
      minimum: -2,
      maximum: 2,
      allowed: "-2 to 2",
    },
    {
      name: "expression",
      words: "expression",
      ...expression,
      isKnown: (value) => !Number.isNaN(value),
      minimum: isPerMillion ? 0 : -largestScore,
      maximum: isPerMillion ? largestLogPerMillion : largestScore,
      allowed: isPerMillion ? `0 to 19.9 in ${expression.unit}` : `-${largestScore} to ${largestScore} as z-scores`,
    },
  ];
}

function describe(table: Table, patients: number): TableReport {
  const width = table.genes.length;
  const known = new Uint32Array(width);
  const first = new Float64Array(width);
  const varies = new Uint8Array(width);
  let patientsMeasured = 0;
  let outOfRange = 0;
  let knownValues = 0;
  for (let i = 0; i < patients; i++) {
    const knownBefore = knownValues;
    for (let j = 0; j < width; j++) {
      const value = table.values[i * width + j]!;
      if (!table.isKnown(value)) continue;
      if (known[j] === 0) first[j] = value;
      else if (value !== first[j]) varies[j] = 1;
      known[j]!++;
      knownValues++;
      if (!(value >= table.minimum && value <= table.maximum)) outOfRange++;
    }
    if (knownValues > knownBefore) patientsMeasured++;
  }
  const possible = patientsMeasured * width;
  return {
    name: table.name,
    unit: table.unit,
    genes: width,
    patientsMeasured,
    missingFraction: possible === 0 ? 0 : 1 - knownValues / possible,
    sparseGenes: known.filter((count) => count < 0.8 * patientsMeasured).length,
    unmeasuredGenes: known.filter((count) => count === 0).length,
    constantGenes: known.filter((count, j) => count > 1 && varies[j] === 0).length,
    allowed: table.allowed,
    outOfRange,
  };
}

function judge(table: Table, report: TableReport): Finding[] {
  const findings: Finding[] = [];
  if (report.outOfRange > 0) {
    findings.push({
      level: "error",
      code: "out-of-range",
      message:
        `${table.words}: ${report.outOfRange} values are not ${report.allowed}. ` +
        "Check the unit that the table is declared in, and that it is not scaled twice",
    });
  }
  if (report.unmeasuredGenes > 0) {
    findings.push({
      level: "info",
      code: "unmeasured-genes",
      message: `${table.words}: ${report.unmeasuredGenes} of ${report.genes} genes have no value. They are left out`,
    });
  }
  // A gene that nobody has mutated or altered is no fault of the table; one of constant expression is.
  if (table.name === "expression" && report.constantGenes > 0) {
    const isMost = report.constantGenes > report.genes / 2;
    findings.push({
      level: isMost ? "error" : "warning",
      code: "constant-genes",
      message:
        `expression: ${report.constantGenes} of ${report.genes} genes have one value in all patients. ` +
        (isMost ? "This is no expression table: check the file" : "They carry nothing and are left out"),
    });
  }
  return findings;
}
