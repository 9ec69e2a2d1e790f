import { expect } from "vitest";
import type { EvaluationReport } from "../report/evaluation-report.ts";
import { formatEvaluationTable } from "../report/format-evaluation-table.ts";

/** JSON turns NaN and infinities into null: the round trip keeps a report only if there is none. */
export function expectNumbers(report: object): void {
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
}

/** A report whose numbers are numbers, in its table too. */
export function expectWhole(report: EvaluationReport): void {
  expectNumbers(report);
  const table = formatEvaluationTable(report);
  expect(table).not.toMatch(/NaN|undefined|null|Infinity/);
  for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
}
