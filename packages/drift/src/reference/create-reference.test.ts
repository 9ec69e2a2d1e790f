import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { driftReferenceSchema } from "@osteon/contracts";
import { osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { createReference, digestReference } from "./create-reference.ts";
import { summariseExpression, summariseReference } from "./expression-summary.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 120, genes: 120, seed: 3 });
const training = selectPatients(cohort, [...Array(88).keys()]);
const referenceOf = (patients: Cohort, changes: Partial<Parameters<typeof createReference>[0]> = {}) =>
  createReference({
    question: "input",
    patients,
    everyone: patients,
    required: ["age"],
    geneSets: osteosarcomaGeneSets,
    minimumSetGenes: 5,
    fewestInBlock: 5,
    genes: 30,
    ...changes,
  });

describe("a reference", () => {
  const reference = referenceOf(training);

  it("is what its schema says, also read back, and the same each time", async () => {
    const read = driftReferenceSchema.parse(JSON.parse(JSON.stringify(reference)));
    expect(read).toEqual(reference);
    const reordered = JSON.parse(JSON.stringify(reference), (_, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as typeof reference;
    expect(await digestReference(reordered)).toBe(await digestReference(referenceOf(training)));
    expect(await digestReference(referenceOf(cohort))).not.toBe(await digestReference(reference));
  });

  it("breaks ties in another way for another cohort: an unlucky one would else be every hospital's", () => {
    const tiesOf = (patients: Cohort) =>
      referenceOf(patients)
        .variables.find(({ name }) => name === "mutation of TP53")!
        .cuts.map(({ tie }) => tie);
    const moved = { ...training, patientIds: training.patientIds.map((id) => `${id}'`) };
    expect(tiesOf(training)).toEqual(tiesOf({ ...training }));
    expect(tiesOf(moved)).not.toEqual(tiesOf(training));
  });

  it("tells of every group, and of survival only where it asks for a model's output", () => {
    const groups = new Set(reference.variables.map(({ group }) => group));
    expect(groups).toEqual(new Set(["clinical", "completeness", "mutations", "copy number", "pathways", "expression"]));
    const names = (of: typeof reference) => of.variables.map(({ name }) => name);
    expect(names(reference)).not.toContain("survival time");
    expect(names(referenceOf(training, { question: "output" }))).toContain("survival time");
  });

  it("holds nobody: no id, no extreme, no fewer than five between two cut points", () => {
    const text = JSON.stringify(reference);
    for (const id of training.patientIds) expect(text).not.toContain(id);
    const age = reference.variables.find(({ name }) => name === "age")!;
    const known = training.clinical.ageYears.filter((value) => !Number.isNaN(value)).sort();
    expect(age.cuts[0]!.value).toBeGreaterThan(known[3]!);
    expect(age.cuts.at(-1)!.value).toBeLessThan(known.at(-4)!);
    for (const { blocks, categories, group } of reference.variables) {
      expect(Math.min(...blocks)).toBeGreaterThanOrEqual(5);
      if (categories && group !== "completeness") expect(Math.min(...categories.patients)).toBeGreaterThanOrEqual(5);
    }
  });

  it("of few patients or of none is empty, and of tables without genes tells of what there is", () => {
    for (const count of [0, 1, 5, 9]) {
      expect(referenceOf(selectPatients(training, [...Array(count).keys()])).variables).toEqual([]);
    }
    const bare: Cohort = {
      ...training,
      mutations: { genes: [], values: new Int8Array() },
      copyNumber: { genes: [], values: new Int8Array() },
      expression: { genes: [], unit: "log2(TPM+1)", values: new Float32Array() },
    };
    const groups = new Set(referenceOf(bare).variables.map(({ group }) => group));
    expect(groups).toEqual(new Set(["clinical", "completeness"]));
  });
});

it("a patient of the reference is told by the others, and so is no nearer to the middle than a later one", () => {
  const others = selectPatients(
    training,
    [...Array(87).keys()].map((row) => row + 1),
  );
  const scales = referenceOf(training).geneScales;
  const without = referenceOf(others).geneScales;
  const own = summariseReference(scales, training).get("distance")![0]!;
  // By the means and deviations of the 87 others, of the same genes.
  const same = scales.map(({ gene }) => without.find((other) => other.gene === gene)!).filter(Boolean);
  expect(same.length).toBeGreaterThan(25);
  const later = summariseExpression(same, selectPatients(training, [0])).get("distance")![0]!;
  expect(Math.abs(own / later - 1)).toBeLessThan(0.1);
  expect(own).toBeGreaterThan(summariseExpression(scales, training).get("distance")![0]!);
});
