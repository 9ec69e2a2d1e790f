import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { measureDrift } from "./measure-drift.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 160, genes: 60, seed: 8 });
const rows = [...cohort.patientIds.keys()];
const reference = selectPatients(cohort, rows.slice(0, 80));
const current = selectPatients(cohort, rows.slice(80));
const options = { permutations: 999, genes: 12 };

const withClinical = (of: Cohort, change: Partial<Cohort["clinical"]>): Cohort => ({
  ...of,
  clinical: { ...of.clinical, ...change },
});
const withExpression = (of: Cohort, change: (value: number, gene: number) => number): Cohort => ({
  ...of,
  expression: {
    ...of.expression,
    values: of.expression.values.map((value, k) => change(value, k % of.expression.genes.length)),
  },
});

describe("two samples of one population", () => {
  const report = measureDrift(reference, current, options);

  it("do not drift, and every variable says what could have been found", () => {
    expect(report.state).not.toBe("drift");
    expect(report).toMatchObject({ reference: 80, current: 80, level: 0.05, permutations: 999, notes: [] });
    expect(report.groups.map(({ name }) => name)).toEqual([
      "clinical",
      "completeness",
      "mutations",
      "copy number",
      "expression",
      "expression, jointly",
    ]);
    const age = report.variables.find(({ name }) => name === "age")!;
    expect(age).toMatchObject({ unit: "SD", state: "no drift", reference: expect.any(Number) });
    expect(age.detectable).toBeGreaterThan(0.5);
    expect(age.detectable).toBeLessThan(0.8);
    // The seed's rule would fire: that is what no drift gives at these numbers.
    expect(age.statistics.find(({ name }) => name === "PSI")!.nullMean).toBeGreaterThan(0.1);
  });

  it("give the same report again, one that survives JSON and names no patient", () => {
    expect(measureDrift(reference, current, options)).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(JSON.stringify(report)).not.toContain("DEMO-");
  });

  it("are not cleared where few patients could hide a large shift", () => {
    const few = measureDrift(reference, selectPatients(current, rows.slice(0, 8)), options);
    expect(few.state).toBe("cannot tell yet");
    expect(few.variables.find(({ name }) => name === "age")!.detectable).toBeGreaterThan(1);
  });
});

describe("drift", () => {
  const stateOf = (moved: Cohort, variable: string) => {
    const report = measureDrift(reference, moved, options);
    return { report, variable: report.variables.find(({ name }) => name === variable)! };
  };

  it("of age is found, with its size", () => {
    const older = current.clinical.ageYears.map((age) => age + 15);
    const { report, variable } = stateOf(withClinical(current, { ageYears: older }), "age");
    expect(report.state).toBe("drift");
    expect(variable.state).toBe("drift");
    expect(variable.difference).toBeGreaterThan(0.8);
    expect(report.groups.filter(({ state }) => state === "drift").map(({ name }) => name)).toEqual(["clinical"]);
  });

  it("of survival is found under censoring", () => {
    const shorter = current.clinical.survivalTimeDays.map((days) => days / 6);
    const { variable } = stateOf(withClinical(current, { survivalTimeDays: shorter }), "survival");
    expect(variable).toMatchObject({ state: "drift", unit: "hazard ratio" });
    expect(variable.difference).toBeGreaterThan(2);
  });

  it("of what is known is found", () => {
    const lost = current.clinical.metastasis.map((code, i) => (i % 2 === 0 ? -1 : code));
    const { variable } = stateOf(withClinical(current, { metastasis: lost }), "metastasis known");
    expect(variable.state).toBe("drift");
    expect(variable.difference).toBeLessThan(-0.3);
  });

  it("of one gene in another unit is found, and of all genes jointly", () => {
    const genes = measureDrift(reference, current, options).variables.filter(({ group }) => group === "expression");
    const name = genes[0]!.name;
    const gene = reference.expression.genes.indexOf(name.replace("expression of ", ""));
    const one = withExpression(current, (value, j) => (j === gene ? value * 2 : value));
    expect(stateOf(one, name).variable.state).toBe("drift");
    const all = withExpression(current, (value, j) => value * (j % 2 === 0 ? 1.1 : 0.9));
    const { variable } = stateOf(all, "expression");
    expect(variable).toMatchObject({ group: "expression, jointly", state: "drift", difference: null });
  });

  it("of a gene that the other table does not list at all is found where patients were sequenced", () => {
    const genes = [...current.mutations.genes, "NEWGENE"];
    const width = current.mutations.genes.length;
    const values = Int8Array.from({ length: 80 * genes.length }, (_, k) => {
      const row = Math.floor(k / genes.length);
      const j = k % genes.length;
      const first = current.mutations.values[row * width]!;
      return j < width ? current.mutations.values[row * width + j]! : first < 0 ? -1 : row % 2;
    });
    const { variable } = stateOf({ ...current, mutations: { genes, values } }, "mutation of NEWGENE");
    expect(variable.state).toBe("drift");
  });
});

describe("tables", () => {
  it("in other units are not compared", () => {
    const scores: Cohort = { ...current, expression: { ...current.expression, unit: "z-score" } };
    const report = measureDrift(reference, scores, options);
    expect(report.notes).toEqual(["Expression is in z-score, and was in log2(TPM+1): it is not compared."]);
    expect(report.variables.some(({ group }) => group === "expression")).toBe(false);
  });

  it("of other genes are compared on those of both", () => {
    const genes = current.expression.genes.map((gene, j) => (j < 2 ? `OTHER${j}` : gene));
    const report = measureDrift(reference, { ...current, expression: { ...current.expression, genes } }, options);
    expect(report.notes).toEqual(["Of the genes with expression, 2 are no longer there and 2 are new."]);
  });

  it("may be missing altogether", () => {
    const none = { genes: [], values: new Int8Array() };
    const bare = (of: Cohort): Cohort => ({
      ...of,
      mutations: none,
      copyNumber: none,
      expression: { genes: [], unit: "log2(TPM+1)", values: new Float32Array() },
    });
    expect(measureDrift(bare(reference), bare(current), options).groups.map(({ name }) => name)).toEqual([
      "clinical",
      "completeness",
    ]);
  });
});

describe("refusals", () => {
  it.each([
    [{ permutations: 10 }, "permutations"],
    [{ level: 1 }, "level"],
    [{ genes: -1 }, "genes"],
    [{ seed: 0.5 }, "seed"],
  ])("%j", (wrong, option) => {
    expect(() => measureDrift(reference, current, wrong)).toThrow(
      expect.objectContaining({ code: "drift.option", parameters: expect.objectContaining({ option }) }),
    );
  });

  it("of too few patients, and on request", () => {
    expect(() => measureDrift(reference, selectPatients(current, [0, 1, 2, 3]))).toThrow(
      expect.objectContaining({ code: "drift.too-few-patients" }),
    );
    expect(() => measureDrift(reference, current, { ...options, signal: AbortSignal.abort() })).toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
  });
});
