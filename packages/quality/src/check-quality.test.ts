import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { checkQuality } from "./check-quality.ts";
import type { FindingCode } from "./finding-titles.ts";
import type { QualityReport } from "./quality-report.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 130, genes: 400, complete: true });
const width = cohort.expression.genes.length;

function levelOf(report: QualityReport, code: FindingCode): string | undefined {
  return report.findings.find((finding) => finding.code === code)?.level;
}

function messageOf(report: QualityReport, code: FindingCode): string {
  return report.findings.find((finding) => finding.code === code)!.message;
}

function withClinical(change: Partial<Cohort["clinical"]>): Cohort {
  return { ...cohort, clinical: { ...cohort.clinical, ...change } };
}

function withExpression(change: (value: number, row: number, column: number) => number): Cohort {
  const values = cohort.expression.values.map((value, k) => change(value, Math.floor(k / width), k % width));
  return { ...cohort, expression: { ...cohort.expression, values } };
}

describe("a good cohort", () => {
  it("passes without an error or a warning, and the report survives JSON", () => {
    const report = checkQuality(cohort);
    expect(report.passed).toBe(true);
    expect(report.findings.filter((finding) => finding.level !== "info")).toEqual([]);
    expect(report).toMatchObject({ usablePatients: 130, strictPrivacy: false, simulated: true });
    expect(report.samples).toEqual({
      identical: 0,
      nearIdenticalPairs: 0,
      similarPairs: 0,
      librarySizeOutliers: 0,
      expressionOutliers: 0,
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it("is what the built-in cohort is, for any seed", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const report = checkQuality(simulateDemonstrationCohort({ seed }).cohort);
      expect(report.findings.filter((finding) => finding.level !== "info")).toEqual([]);
    }
  });

  it("gives no patient away: no id, and no end of a range is anybody's value", () => {
    const report = checkQuality(cohort);
    expect(JSON.stringify(report)).not.toContain("DEMO-");
    const age = report.variables.find((variable) => variable.name === "age")!;
    expect(age.range!.low).toBeGreaterThan(Math.min(...cohort.clinical.ageYears));
    expect(age.range!.high).toBeLessThan(Math.max(...cohort.clinical.ageYears));
  });

  it("is judged without regard to the order of patients", () => {
    const reversed = selectPatients(cohort, [...cohort.patientIds.keys()].reverse());
    expect(checkQuality(reversed).findings).toEqual(checkQuality(cohort).findings);
  });
});

describe("size", () => {
  const first = (count: number) => selectPatients(cohort, [...cohort.patientIds.keys()].slice(0, count));

  it("asks for 100 patients, fewer with small_cohort and stricter privacy, never under 30", () => {
    const refused = checkQuality(first(85));
    expect(refused.passed).toBe(false);
    expect(messageOf(refused, "too-few-patients")).toContain("85 of 85 patients");
    expect(messageOf(refused, "too-few-patients")).toContain("small_cohort: true");
    const admitted = checkQuality(first(85), { smallCohort: true });
    expect(admitted).toMatchObject({ passed: true, strictPrivacy: true });
    expect(levelOf(admitted, "small-cohort")).toBe("warning");
    expect(levelOf(checkQuality(first(29), { smallCohort: true }), "too-few-patients")).toBe("error");
    expect(levelOf(checkQuality(first(100)), "too-few-patients")).toBeUndefined();
    expect(checkQuality(first(85), { minimumPatients: 80 })).toMatchObject({ passed: true, strictPrivacy: false });
  });

  it("counts a patient only with everything that training needs", () => {
    const unknown = withClinical({ metastasis: cohort.clinical.metastasis.map((code, i) => (i < 31 ? -1 : code)) });
    expect(checkQuality(unknown).usablePatients).toBe(99);
    expect(levelOf(checkQuality(unknown), "too-few-patients")).toBe("error");
    const withoutMutations = { ...cohort, mutations: { genes: [], values: new Int8Array() } };
    expect(checkQuality(withoutMutations)).toMatchObject({ usablePatients: 130, passed: true });
  });

  it("asks for five deaths", () => {
    let left = 4;
    const event = cohort.clinical.event.map((code) => (code === 1 && left-- > 0 ? 1 : 0));
    expect(messageOf(checkQuality(withClinical({ event })), "too-few-deaths")).toContain(
      "4 of these 130 patients died",
    );
  });

  it("takes an empty cohort for one that is too small", () => {
    expect(checkQuality(first(0)).passed).toBe(false);
    expect(checkQuality(first(0)).findings.filter(({ level }) => level === "error")).toHaveLength(2);
  });

  it("refuses limits that are no numbers of patients", () => {
    expect(() => checkQuality(cohort, { minimumPatients: 0 })).toThrow("minimumPatients");
    expect(() => checkQuality(cohort, { minimumDeaths: 1.5 })).toThrow("minimumDeaths");
  });
});

describe("clinical values", () => {
  it.each([
    ["survival time", { survivalTimeDays: cohort.clinical.survivalTimeDays.with(3, -20) }],
    ["survival time", { survivalTimeDays: cohort.clinical.survivalTimeDays.with(3, Infinity) }],
    ["age", { ageYears: cohort.clinical.ageYears.with(3, 90.5) }],
    ["necrosis", { necrosisPercent: cohort.clinical.necrosisPercent.with(3, 101) }],
  ])("%s out of range stops the run", (name, change) => {
    const report = checkQuality(withClinical(change));
    expect(report.passed).toBe(false);
    expect(messageOf(report, "out-of-range")).toMatch(new RegExp(`^${name}: 1 values are not`));
    expect(report.variables.find((variable) => variable.name === name)!.outOfRange).toBe(1);
  });

  it("takes the pool of ages over 89, which de-identification writes as 90", () => {
    const report = checkQuality(withClinical({ ageYears: cohort.clinical.ageYears.with(3, 90) }));
    expect(report).toMatchObject({ passed: true });
  });

  it("tells missing values, day 0, short follow-up and small groups", () => {
    const noAges = withClinical({ ageYears: cohort.clinical.ageYears.map((age, i) => (i < 30 ? NaN : age)) });
    expect(levelOf(checkQuality(noAges), "much-missing")).toBe("warning");
    expect(checkQuality(noAges).variables[2]).toMatchObject({ name: "age", missing: 30, missingFraction: 30 / 130 });
    const dayZero = withClinical({ survivalTimeDays: cohort.clinical.survivalTimeDays.with(0, 0) });
    expect(messageOf(checkQuality(dayZero), "day-zero-survival")).toContain("1 of 130");
    const inMonths = withClinical({ survivalTimeDays: cohort.clinical.survivalTimeDays.map((days) => days / 30.4375) });
    expect(levelOf(checkQuality(inMonths), "short-follow-up")).toBe("warning");
    const metastasis = cohort.clinical.metastasis.map((_, i) => (i < 4 ? 1 : 0));
    expect(messageOf(checkQuality(withClinical({ metastasis })), "few-metastatic")).toContain("4 of 130");
    expect(levelOf(checkQuality(withClinical({ metastasis: new Int8Array(130).fill(1) })), "few-not-metastatic")).toBe(
      "warning",
    );
  });

  it("doubts tables in which TP53 mutation and MDM2 amplification meet", () => {
    const mdm2 = cohort.copyNumber.genes.indexOf("MDM2");
    const copies = cohort.copyNumber.genes.length;
    const values = cohort.copyNumber.values.map((level, k) => (k % copies === mdm2 ? 2 : level));
    const report = checkQuality({ ...cohort, copyNumber: { ...cohort.copyNumber, values } });
    expect(levelOf(report, "tp53-mutation-with-mdm2-amplification")).toBe("warning");
  });

  it("counts patients without any tumour data", () => {
    const bare = withExpression((value, row) => (row < 2 ? NaN : value));
    const blank = (values: Int8Array, genes: number, code: number) =>
      values.map((value, k) => (k < 2 * genes ? code : value));
    const report = checkQuality({
      ...bare,
      mutations: { ...bare.mutations, values: blank(bare.mutations.values, bare.mutations.genes.length, -1) },
      copyNumber: { ...bare.copyNumber, values: blank(bare.copyNumber.values, bare.copyNumber.genes.length, -128) },
    });
    expect(messageOf(report, "no-tumour-data")).toContain("2 of 130");
    expect(report.tables.map((table) => table.patientsMeasured)).toEqual([128, 128, 128]);
  });
});

describe("expression", () => {
  it("finds equal, nearly equal and similar patients", () => {
    const first = (column: number) => cohort.expression.values[column]!;
    const equal = checkQuality(
      withExpression((value, row, column) => (row === 5 || row === 9 ? first(column) : value)),
    );
    expect(equal.samples).toMatchObject({ identical: 2, nearIdenticalPairs: 0 });
    expect(levelOf(equal, "duplicate-patients")).toBe("error");
    expect(levelOf(equal, "near-duplicate-patients")).toBeUndefined();
    const nudge = (size: number) =>
      withExpression((value, row, column) => (row === 5 ? first(column) + size * ((column * 7) % 5) : value));
    expect(checkQuality(nudge(0.001)).samples).toMatchObject({ identical: 0, nearIdenticalPairs: 1 });
    expect(levelOf(checkQuality(nudge(0.001)), "near-duplicate-patients")).toBe("error");
    expect(checkQuality(nudge(0.1)).samples).toMatchObject({ nearIdenticalPairs: 0, similarPairs: 1 });
    expect(levelOf(checkQuality(nudge(0.1)), "similar-patients")).toBe("warning");
  });

  it("finds a patient of another library size, and one unlike all others", () => {
    const scaled = checkQuality(withExpression((value, row) => (row === 3 ? value * 0.5 : value)));
    expect(scaled.samples.librarySizeOutliers).toBe(1);
    expect(levelOf(scaled, "library-size-outliers")).toBe("warning");
    const values = cohort.expression.values;
    // Another gene's value in each column: the same amounts in a foreign pattern.
    const shuffled = withExpression((value, row, column) =>
      row === 3 ? values[3 * width + ((column * 37 + 11) % width)]! : value,
    );
    const report = checkQuality(shuffled);
    expect(report.samples).toMatchObject({ expressionOutliers: 1, librarySizeOutliers: 0 });
    expect(levelOf(report, "expression-outliers")).toBe("warning");
  });

  it("recognises another unit", () => {
    const counts = checkQuality(withExpression((value) => 2 ** value));
    expect(levelOf(counts, "out-of-range")).toBe("error");
    const shifted = checkQuality(withExpression((value) => value + 9));
    expect(levelOf(shifted, "library-size-impossible")).toBe("error");
    const centred = checkQuality(withExpression((value) => value - 5));
    expect(messageOf(centred, "out-of-range")).toContain("log2(TPM+1)");
  });

  it("asks counts per million for a library size as it asks TPM", () => {
    const shifted = withExpression((value) => value + 9);
    const asCounts = { ...shifted, expression: { ...shifted.expression, unit: "log2(CPM+1)" as const } };
    expect(messageOf(checkQuality(asCounts), "library-size-impossible")).toContain("not log2(CPM+1)");
  });

  it("does not ask z-scores for a library size", () => {
    const scores = withExpression((value) => (value - 6) / 3);
    const asScores = { ...scores, expression: { ...scores.expression, unit: "z-score" as const } };
    const report = checkQuality(asScores);
    expect(report.samples.librarySizeOutliers).toBeNull();
    expect(messageOf(report, "not-checked")).toContain("z-scores have no library size");
    expect(report.passed).toBe(true);
  });

  it("tells constant, unmeasured and sparse genes", () => {
    const some = checkQuality(
      withExpression((value, row, column) =>
        column < 3 ? 4 : column === 3 || (column === 4 && row > 50) ? NaN : value,
      ),
    );
    expect(some.tables.find((table) => table.name === "expression")).toMatchObject({
      constantGenes: 3,
      unmeasuredGenes: 1,
      sparseGenes: 2,
    });
    expect(levelOf(some, "constant-genes")).toBe("warning");
    expect(some.passed).toBe(true);
    const flat = checkQuality(withExpression(() => 5));
    expect(levelOf(flat, "constant-genes")).toBe("error");
    expect(messageOf(flat, "not-checked")).toContain("only 0 genes vary");
  });

  it("says that there is none, when there is none", () => {
    const without: Cohort = { ...cohort, expression: { genes: [], unit: "z-score", values: new Float32Array() } };
    const report = checkQuality(without);
    expect(report.tables.map((table) => table.name)).toEqual(["mutations", "copyNumber"]);
    expect(report.samples).toMatchObject({ identical: null, librarySizeOutliers: null, expressionOutliers: null });
    expect(report.passed).toBe(true);
  });
});

it("refuses a cohort that is not well formed", () => {
  expect(() => checkQuality(withClinical({ event: Int8Array.of(1) }))).toThrow("The event table has 1 values");
});
