import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { checkQuality } from "../check-quality.ts";
import type { FindingCode } from "../finding-titles.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 90, genes: 200, complete: true });
const width = cohort.expression.genes.length;
const thirds = Int16Array.from({ length: 90 }, (_, i) => i % 3);

function withBatches(batch: Int16Array, base: Cohort = cohort): Cohort {
  return { ...base, batch };
}

/** Adds so many log2 units to every second gene of the patients of a batch. */
function shifted(batch: Int16Array, code: number, shift: number): Cohort {
  const values = cohort.expression.values.map((value, k) =>
    batch[Math.floor(k / width)] === code && (k % width) % 2 === 0 ? value + shift : value,
  );
  return withBatches(batch, { ...cohort, expression: { ...cohort.expression, values } });
}

function check(of: Cohort) {
  const { batches, findings } = checkQuality(of, { smallCohort: true });
  const find = (code: FindingCode) => findings.find((finding) => finding.code === code);
  return { batches: batches!, find };
}

describe("batches", () => {
  it("a planted shift is found, with its size, its genes and what to do", () => {
    const { batches, find } = check(shifted(thirds, 1, 1));
    expect(find("batch-effect")).toMatchObject({ level: "warning" });
    expect(find("batch-effect")!.message).toMatch(/\d+ of 200 genes differ/);
    const { expression } = batches;
    expect(expression!.beyondClinical!.share).toBeGreaterThan(2 * expression!.beyondClinical!.nullUpper);
    expect(expression!.beyondClinical!.pValue).toBe(0.001);
    expect(expression!.genesAffected).toBeGreaterThan(80);
    expect(expression!.genesAffected).toBeLessThan(120);
    expect(expression!.components.some(({ pValue, share }) => pValue === 0.001 && share > 0.3)).toBe(true);
    const ofVariance = expression!.components.map((component) => component.ofVariance);
    expect(ofVariance).toEqual(ofVariance.toSorted((a, b) => b - a));
    expect(batches.batches).toEqual([0, 1, 2].map((batch) => ({ batch, patients: 30 })));
    expect(batches.advice).toContain("ComBat");
    expect(find("batch-confounded")).toBeUndefined();
  });

  it("without one nothing is found, and chance explains as much", () => {
    const { batches, find } = check(withBatches(thirds));
    const beyond = batches.expression!.beyondClinical!;
    expect(find("batch-effect")).toBeUndefined();
    expect(find("batch-no-effect")).toMatchObject({ level: "info" });
    expect(beyond.share).toBeLessThan(beyond.nullUpper);
    // Two of the 89 directions in which 90 patients can differ, less the clinical five.
    expect(beyond.nullMean).toBeCloseTo(2 / 84, 2);
    expect(batches.expression!.genesAffected).toBeLessThan(5);
  });

  it("what metastasis does to expression is no effect of the batch, and the batch is called confounded", () => {
    const metastatic = Array.from(cohort.clinical.metastasis);
    // Metastatic patients mostly in batch 0, the others mostly in batch 1.
    const batch = Int16Array.from(metastatic, (code, i) => (i % 10 === 0 ? code : 1 - code));
    const values = cohort.expression.values.map((value, k) => value + metastatic[Math.floor(k / width)]! * 1.5);
    const biology = withBatches(batch, { ...cohort, expression: { ...cohort.expression, values } });
    const { batches, find } = check(biology);
    expect(batches.expression!.share).toBeGreaterThan(0.1);
    expect(find("batch-effect")).toBeUndefined();
    expect(find("batch-confounded")!.message).toMatch(/metastasis \(\d+\.\d % explained, p 0\.00\d\)/);
    const confounding = batches.confounding.find(({ variable }) => variable === "metastasis")!;
    expect(confounding.share).toBeGreaterThan(0.4);
  });

  it("an effect in batches that also differ in the disease asks not to correct it away", () => {
    const metastatic = Array.from(cohort.clinical.metastasis);
    const batch = Int16Array.from(metastatic, (code, i) => (i % 5 === 0 ? 1 - code : code));
    const { batches, find } = check(shifted(batch, 1, 1.5));
    expect(find("batch-effect")).toBeDefined();
    expect(find("batch-confounded")!.message).toContain("cannot be separated");
    expect(batches.advice).toContain("would also take away what metastasis");
  });

  it("a batch that is the metastatic patients cannot be told from metastasis", () => {
    const { batches, find } = check(withBatches(Int16Array.from(cohort.clinical.metastasis)));
    expect(find("batch-inseparable")).toMatchObject({ level: "warning" });
    expect(batches.expression!.beyondClinical).toBeNull();
    expect(batches.advice).toContain("Do not correct");
  });

  it("batches of one or two patients are counted and compared with nothing", () => {
    const batch = thirds.map((code, i) => (i === 4 ? 7 : i < 2 ? 8 : code));
    const { batches, find } = check(withBatches(batch));
    expect(batches.tooSmall).toBe(2);
    expect(find("tiny-batches")!.message).toContain("2 of 5 hold one or two");
    expect(batches.expression!.patients).toBe(87);
  });

  it("one batch, or none, is compared with nothing", () => {
    expect(check(withBatches(new Int16Array(90))).batches.expression).toBeNull();
    expect(checkQuality(withBatches(new Int16Array(90).fill(-1))).batches).toBeNull();
    expect(checkQuality(cohort).findings.filter(({ message }) => message.startsWith("batches:"))).toMatchObject([
      { level: "info", code: "not-checked" },
    ]);
  });

  it("too few patients are not called inseparable", () => {
    const ten = selectPatients(withBatches(thirds.map((code) => Math.min(code, 1))), [...Array(10).keys()]);
    const { batches, find } = check(ten);
    expect(batches.expression).toBeNull();
    expect(find("batch-inseparable")).toBeUndefined();
  });

  it("without expression the clinical side is still told", () => {
    const bare: Cohort = { ...cohort, expression: { genes: [], unit: "log2(TPM+1)", values: new Float32Array() } };
    const { batches, find } = check(withBatches(Int16Array.from(cohort.clinical.metastasis), bare));
    expect(batches.expression).toBeNull();
    expect(find("batch-confounded")).toMatchObject({ level: "warning" });
  });
});
