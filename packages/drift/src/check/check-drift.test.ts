import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { driftCheckSchema, driftMonitorSchema, type DriftMonitor } from "@osteon/contracts";
import { osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { createReference } from "../reference/create-reference.ts";
import { checkDrift, type DriftCheckRequest } from "./check-drift.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 320, genes: 60, seed: 11, complete: true });
const take = (from: number, to: number) =>
  selectPatients(
    cohort,
    [...Array(to - from).keys()].map((row) => row + from),
  );
const training = take(0, 80);
const referenceOf = (patients: Cohort) =>
  createReference({
    question: "input",
    patients,
    everyone: patients,
    required: ["age"],
    geneSets: osteosarcomaGeneSets.slice(0, 12),
    minimumSetGenes: 5,
    fewestInBlock: 5,
    genes: 5,
  });
const reference = referenceOf(training);
const check = (patients: Cohort, changes: Partial<DriftCheckRequest> = {}) =>
  checkDrift({ reference, patients, permutations: 1_999, tellDetectable: false, ...changes });
const older = (of: Cohort): Cohort => ({
  ...of,
  clinical: { ...of.clinical, ageYears: of.clinical.ageYears.map((age) => age + 12) },
});
/** Where it is not the comparison that is asked about. */
const quick = { permutations: 199, monitor: null };
const codesOf = ({ check: { reasons } }: Awaited<ReturnType<typeof check>>) => reasons.map(({ code }) => code);

/** Strict JSON: a NaN would be null, an infinity too. */
const parse = (value: unknown) => driftCheckSchema.parse(JSON.parse(JSON.stringify(value)));

describe("one comparison", () => {
  it("of many patients who are no others is stable, and says what it could have found", async () => {
    const { check: found, monitor } = await check(take(80, 320));
    expect(found).toMatchObject({ state: "stable", reasons: [], sequential: null, notes: [] });
    expect(monitor).toBeUndefined();
    expect(found.patients).toEqual({ read: 240, known: 0, incomplete: 0, compared: 240 });
    const age = found.comparison!.variables.find(({ name }) => name === "age")!;
    expect(age.detectable).toBeGreaterThan(0.3);
    expect(age.nullDifference!.lower).toBeLessThan(0);
    expect(age.nullDifference!.upper).toBeGreaterThan(Math.abs(age.difference!) / 2);
    expect(parse(found)).toEqual(found);
  });

  it("of older patients is drift, with what to ask", async () => {
    const { check: found } = await check(older(take(120, 180)));
    expect(found.state).toBe("drift");
    expect(found.reasons[0]).toMatchObject({ code: "difference", what: expect.stringContaining("differ in age") });
    expect(found.next[0]).toContain("who is referred now");
  });

  it("tells the reference's own patients from new ones", async () => {
    const known = new Set(training.patientIds);
    const { check: found } = await check(take(0, 150), { isKnown: (id) => known.has(id) });
    expect(found.patients).toEqual({ read: 150, known: 80, incomplete: 0, compared: 70 });
  });

  it("with the reference's patients at hand compares survival and all of expression too", async () => {
    const shorter = take(80, 140);
    const patients = {
      ...shorter,
      clinical: { ...shorter.clinical, survivalTimeDays: shorter.clinical.survivalTimeDays.map((days) => days / 8) },
    };
    const { check: found } = await check(patients, { referencePatients: { complete: training, everyone: training } });
    const names = found.comparison!.variables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["survival", "expression", "age"]));
    expect(names).not.toContain("follow-up");
    expect(found.reasons[0]!.what).toContain("differ in survival");
    expect(parse(found)).toEqual(found);
  });
});

describe("with a monitor", () => {
  const months = (patients: Cohort) =>
    [...Array(12).keys()].map((month) =>
      selectPatients(
        patients,
        [...Array(4).keys()].map((k) => 4 * month + k),
      ),
    );

  it("patients who change raise an alarm after some months, which stays", async () => {
    let monitor: DriftMonitor | null = null;
    const states: string[] = [];
    for (const month of months(older(take(120, 180)))) {
      const checked = await check(month, { monitor });
      monitor = driftMonitorSchema.parse(JSON.parse(JSON.stringify(checked.monitor)));
      states.push(checked.check.state);
      expect(parse(checked.check)).toEqual(checked.check);
    }
    expect(states[0]).toBe("watch");
    expect(states.at(-1)).toBe("drift");
    const later = await check(take(120, 120), { monitor });
    expect(later.check.state).toBe("drift");
    expect(codesOf(later)).toContain("alarm");
  });

  it("counts a patient once, in whatever extract and order he comes again", async () => {
    const first = await check(take(120, 140), quick);
    const again = await check(selectPatients(take(120, 150), [...Array(30).keys()].reverse()), {
      monitor: first.monitor!,
    });
    expect(again.check.sequential).toMatchObject({ looks: 2, patients: 30, counted: 10 });
    const atOnce = await check(take(120, 150), quick);
    const counts = ({ monitor }: typeof first) => Object.values(monitor!.variables).map((variable) => variable.counts);
    expect(counts(again)).toEqual(counts(atOnce));
    expect(again.monitor!.patients).toEqual(atOnce.monitor!.patients);
  });

  it("gives the same again after a stop", async () => {
    const first = await check(take(120, 140), quick);
    const request = { ...quick, monitor: first.monitor! };
    expect(await check(take(120, 150), request)).toEqual(await check(take(120, 150), request));
  });

  it("keeps no id and no value of anybody", async () => {
    const { monitor, check: found } = await check(take(120, 160), quick);
    const text = JSON.stringify({ monitor, found });
    for (const id of cohort.patientIds) expect(text).not.toContain(id);
    const values = Object.values(monitor!.variables).flatMap(({ counts }) => counts);
    expect(values.every((count) => Number.isInteger(count) && count <= 40)).toBe(true);
  });

  it("takes a difference in one comparison for a sign, as it is looked at again and again", async () => {
    const { monitor } = await check(take(80, 320), { monitor: null });
    const found = await check(older(take(120, 140)), { monitor: monitor! });
    expect(found.check.sequential!.counted).toBe(0);
    expect(found.check.state).toBe("watch");
    expect(codesOf(found)).toContain("difference");
  });

  it("is not stable while so few were counted that the alarm could have missed a large shift", async () => {
    const first = await check(take(80, 100), quick);
    const found = await check(take(100, 103), { ...quick, monitor: first.monitor!, tellDetectable: true });
    expect(found.check).toMatchObject({ state: "watch", comparison: null, sequential: { patients: 23, counted: 3 } });
    expect(codesOf(found)).toEqual(["cannot-tell"]);
  });

  it("refuses the counts over another reference", async () => {
    const { monitor } = await check(take(120, 140), quick);
    const attempt = check(take(120, 140), { ...quick, reference: referenceOf(take(0, 100)), monitor: monitor! });
    await expect(attempt).rejects.toMatchObject({ code: "drift.other-reference" });
  });
});

describe("what cannot be said", () => {
  it.each([0, 1, 4])("of %i patients, is said", async (count) => {
    for (const monitor of [undefined, null]) {
      const found = await check(take(120, 120 + count), { monitor });
      expect(found.check).toMatchObject({ state: "watch", comparison: null });
      expect(codesOf(found)).toContain("too-few-patients");
      expect(parse(found.check)).toEqual(found.check);
    }
  });

  it("of five patients is compared, and could hide a large difference", async () => {
    const found = await check(take(120, 125));
    expect(codesOf(found)).toContain("cannot-tell");
    expect(parse(found.check)).toEqual(found.check);
  });

  const later = take(80, 320);
  const { expression } = later;
  it.each<[string, Cohort, RegExp]>([
    ["without mutations", { ...later, mutations: { genes: [], values: new Int8Array() } }, /Not compared: mutations/],
    [
      "without copy number",
      { ...later, copyNumber: { genes: [], values: new Int8Array() } },
      /Not compared: copy number/,
    ],
    [
      "without expression",
      { ...later, expression: { ...expression, genes: [], values: new Float32Array() } },
      /Not compared: pathways\. These patients have no such table/,
    ],
    [
      "in another unit",
      { ...later, expression: { ...expression, unit: "z-score" } },
      /in z-score, and the reference's in log2/,
    ],
    [
      "with other genes",
      { ...later, expression: { ...expression, genes: expression.genes.map((gene) => `OTHER-${gene}`) } },
      /Not compared: pathways.*Too many of the reference's genes are not measured/,
    ],
  ])("of patients %s, is said, and the rest is compared", async (_, patients, words) => {
    for (const monitor of [undefined, null]) {
      const { check: found } = await check(selectPatients(patients, [...Array(40).keys()]), { monitor });
      // That nobody is sequenced any more is a difference, and with a monitor a sign of one.
      expect(found.state).not.toBe("stable");
      expect(found.reasons.at(-1)).toMatchObject({ code: "not-compared", what: expect.stringMatching(words) });
      expect(found.notes.join(" ")).toMatch(words);
      expect(found.comparison!.groups.map(({ name }) => name)).toContain("clinical");
      expect(parse(found)).toEqual(found);
    }
  });

  it("of a few genes that are not measured is a note, and no reason to watch", async () => {
    const gene = reference.geneScales[0]!.gene;
    const genes = expression.genes.map((name) => (name === gene ? "OTHER" : name));
    const { check: found } = await check({ ...later, expression: { ...expression, genes } });
    expect(found.notes).toContain("Of the reference's 60 genes with expression, 1 are not measured.");
    expect(found.reasons.map(({ code }) => code)).not.toContain("not-compared");
  });

  it("of values that are all unknown, or all the same, is no number", async () => {
    const count = later.patientIds.length;
    const unknown: Cohort = {
      ...later,
      clinical: { ...later.clinical, necrosisPercent: new Float64Array(count).fill(Number.NaN) },
      expression: { ...expression, values: expression.values.map((_, k) => (k % 60 < 30 ? Number.NaN : 3)) },
    };
    for (const referencePatients of [undefined, { complete: training, everyone: training }]) {
      const { check: found } = await check(selectPatients(unknown, [...Array(40).keys()]), {
        monitor: null,
        referencePatients,
      });
      expect(found.state).not.toBe("stable");
      expect(parse(found)).toEqual(found);
    }
  });

  it("is what nobody has any more, which everybody had", async () => {
    const { check: found } = await check({
      ...later,
      clinical: {
        ...later.clinical,
        metastasis: later.clinical.metastasis.map((code, row) => (row % 4 === 0 ? -1 : code)),
      },
    });
    expect(found.state).toBe("drift");
    expect(found.reasons[0]!.what).toContain("metastasis known");
    expect(found.next[0]).toContain("no longer recorded");
  });
});
