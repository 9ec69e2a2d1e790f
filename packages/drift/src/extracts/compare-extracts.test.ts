import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { compareExtracts } from "./compare-extracts.ts";
import { describeComparison } from "./describe-comparison.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 90, genes: 40, seed: 4, complete: true });
const rows = [...cohort.patientIds.keys()];
const last = selectPatients(cohort, rows.slice(0, 60));
const options = { permutations: 999, genes: 20 };
const codesOf = (current: Cohort, previous = last) =>
  describeComparison(compareExtracts(previous, current, options)).map(({ code, level }) => `${level} ${code}`);
const messageOf = (current: Cohort, code: string) =>
  describeComparison(compareExtracts(last, current, options)).find((finding) => finding.code === code)?.message;
const withClinical = (of: Cohort, change: Partial<Cohort["clinical"]>): Cohort => ({
  ...of,
  clinical: { ...of.clinical, ...change },
});

it("tells patients of both extracts from those who came and went, in any order", () => {
  const current = selectPatients(cohort, rows.slice(10).reverse());
  const comparison = compareExtracts(last, current, options);
  expect(comparison.patients).toEqual({ kept: 50, added: 30, gone: 10 });
  expect(comparison.changes.every(({ changed, lost, gained }) => changed + lost + gained === 0)).toBe(true);
  expect(comparison.drift).toMatchObject({ reference: 60, current: 30 });
  expect(JSON.stringify(comparison)).not.toContain("DEMO-");
  expect(messageOf(current, "extract-patients-gone")).toContain("10 of 60 patients of the last extract");
});

it("says that a few new patients are too few", () => {
  expect(codesOf(selectPatients(cohort, rows.slice(0, 63)))).toEqual(["info extract-drift-unknown"]);
  expect(compareExtracts(last, last, options).drift).toBeNull();
});

it("compares extracts of other patients as they are", () => {
  const comparison = compareExtracts(last, selectPatients(cohort, rows.slice(60)), options);
  expect(comparison.patients).toEqual({ kept: 0, added: 30, gone: 60 });
  expect(comparison.changes.every(({ compared }) => compared === 0)).toBe(true);
});

describe("values of known patients", () => {
  it("that time changes are no finding", () => {
    const event = last.clinical.event.with(last.clinical.event.indexOf(0), 1);
    const longer = withClinical(last, {
      survivalTimeDays: last.clinical.survivalTimeDays.map((days) => days + 30),
      event,
    });
    expect(codesOf(longer)).toEqual(["info extract-drift-unknown"]);
  });

  it("that were corrected or lost are counted by variable", () => {
    const ageYears = last.clinical.ageYears.map((age, i) => (i < 3 ? age + 1 : i === 3 ? Number.NaN : age));
    const values = last.expression.values.map((value, k) => (k < last.expression.genes.length ? value + 1 : value));
    const current = { ...withClinical(last, { ageYears }), expression: { ...last.expression, values } };
    expect(messageOf(current, "extract-values-changed")).toContain(
      "age (3 other, 1 lost of 60); expression (1 other of 60)",
    );
  });

  it("that cannot be are told apart", () => {
    const dead = last.clinical.event.indexOf(1);
    const current = withClinical(last, {
      event: last.clinical.event.with(dead, 0),
      survivalTimeDays: last.clinical.survivalTimeDays.with(0, 1),
    });
    expect(messageOf(current, "extract-implausible-change")).toContain(
      "dead then and alive now 1; followed for fewer days now 1",
    );
  });
});

describe("new patients", () => {
  const join = (change: (added: Cohort) => Cohort): Cohort => {
    const added = change(selectPatients(cohort, rows.slice(60)));
    const ageYears = Float64Array.of(...last.clinical.ageYears, ...added.clinical.ageYears);
    return withClinical(cohort, { ageYears });
  };

  it("that differ are a warning with what they differ in", () => {
    const older = join((added) => withClinical(added, { ageYears: added.clinical.ageYears.map((age) => age + 30) }));
    expect(codesOf(older)).toEqual(["warning extract-drift"]);
    expect(messageOf(older, "extract-drift")).toMatch(
      /30 patients who came in .* its 60 in age \(\+\d\.\d\d SD, q 0\.\d+\)/,
    );
  });

  it("that do not are told with what might be hidden", () => {
    const message = messageOf(
      join((added) => added),
      "extract-drift-unknown",
    );
    expect(message).toContain("so few could hide a large one (");
  });
});
