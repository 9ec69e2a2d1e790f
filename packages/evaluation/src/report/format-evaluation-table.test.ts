import { simulateDemonstrationCohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { evaluateRepeatedly } from "../splits/evaluate-repeatedly.ts";
import { createInstrument, simulatePopulation } from "../testing/instrument-generators.ts";
import { formatEvaluationTable } from "./format-evaluation-table.ts";

const report = await evaluateRepeatedly({
  complete: simulateDemonstrationCohort({ patients: 60, genes: 60, seed: 4 }).cohort,
  families: [createInstrument("photocopy", simulatePopulation(4, 100, 60))],
  geneSets: osteosarcomaGeneSets,
  seed: 1,
  splits: 2,
  syntheticPatients: 50,
});
const table = formatEvaluationTable(report);

describe("formatEvaluationTable", () => {
  it("says the verdict first, then why", () => {
    const lines = table.split("\n");
    expect(lines[0]).toBe("Release gate of photocopy: NOT PASSED");
    expect(lines.slice(1, 12).join(" ").replaceAll(/\s+/g, " ")).toContain(
      "✘ Signs of memory: training patients can be told",
    );
  });
  it("prints a line a metric with its references, and fits a terminal of 100 columns", () => {
    for (const { name } of report.families[0]!.metrics) expect(table).toContain(`  ${name.slice(0, 30)}`);
    for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    expect(table).toMatch(/near_copies ↓ .*MEMORISED: \d+/);
  });
  it("puts no sign on what rounds to nothing", () => {
    const [family] = report.families;
    const [first, ...others] = family!.metrics;
    const barely = { ...first!, floor: { ...first!.floor, value: -0.0001 } };
    const changed = formatEvaluationTable({ ...report, families: [{ ...family!, metrics: [barely, ...others] }] });
    expect(changed).toMatch(/ 0\.000 /);
    expect(changed).not.toContain("-0.000");
  });
});
