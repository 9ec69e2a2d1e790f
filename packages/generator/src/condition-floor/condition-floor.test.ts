import { selectPatients, UNKNOWN, type Cohort } from "@osteon/cohort";
import { OsteonError } from "@osteon/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Conditions } from "../conditions.ts";
import { ageEdges, cellOfValue, followUpKnotsDays } from "../private-copula/public-ranges.ts";
import { plantCohort } from "../testing/planted-cohort.ts";
import { checkConditions, describeLoosening, refuseRareConditions } from "./check-conditions.ts";
import { fitConditionFloor, readConditionFloor, strictestConditionFloor } from "./condition-floor.ts";

const planted = plantCohort({ patients: 90, genes: 2 });
const smallestCell = 5;
const floor = fitConditionFloor(planted, { smallestCell });
const isAllowed = (conditions: Conditions, of = floor) => checkConditions(of, conditions).allowed;

/** Profiles at the patients' own values, at the edges and anywhere else. */
const anyConditions = fc
  .record(
    {
      survivalTimeDays: fc.oneof(
        fc.double({ min: 0, max: 36_525, noNaN: true }),
        fc.integer({ min: 0, max: 4000 }),
        fc.constantFrom(...planted.clinical.survivalTimeDays, ...followUpKnotsDays),
      ),
      event: fc.constantFrom(0 as const, 1 as const),
      ageYears: fc.oneof(
        fc.double({ min: 0, max: 89, noNaN: true }),
        fc.constantFrom(...planted.clinical.ageYears, ...ageEdges.slice(0, -1)),
      ),
      metastasis: fc.constantFrom(0 as const, 1 as const),
    },
    { requiredKeys: [] },
  )
  .map((conditions): Conditions => conditions);

/** Rows of the patients behind a profile, by the words of the documentation. */
function patientsBehind({ clinical }: Cohort, conditions: Conditions): number[] {
  const near = (edges: readonly number[], a: number, b: number) =>
    Math.abs(cellOfValue(edges, a) - cellOfValue(edges, b)) <= 1;
  return [...clinical.event.keys()].filter((row) => {
    const { survivalTimeDays: asked, event, ageYears, metastasis } = conditions;
    const time = clinical.survivalTimeDays[row]!;
    const known = !Number.isNaN(time) && clinical.event[row] !== UNKNOWN;
    const diedAround = asked !== undefined && clinical.event[row] === 1 && near(followUpKnotsDays, time, asked);
    const alivePast = asked !== undefined && time > asked;
    const inCourse =
      asked === undefined
        ? event === undefined || clinical.event[row] === event
        : event === undefined
          ? diedAround || alivePast
          : event === 1
            ? diedAround
            : alivePast;
    return (
      ((inCourse && known) || (asked === undefined && event === undefined)) &&
      (ageYears === undefined || near(ageEdges, clinical.ageYears[row]!, ageYears)) &&
      (metastasis === undefined || clinical.metastasis[row] === metastasis)
    );
  });
}

describe("the floor on conditions", () => {
  it("allows no profile that fewer patients are behind than asked for, and some of every kind", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(anyConditions, (conditions) => {
        if (Object.keys(conditions).length === 0 || !isAllowed(conditions)) return;
        kinds.add(`${Object.keys(conditions).sort().join()}/${conditions.event}`);
        expect(patientsBehind(planted, conditions).length).toBeGreaterThanOrEqual(smallestCell);
      }),
      { numRuns: 3000, seed: 1 },
    );
    // Every combination of fields, with both outcomes where one is given.
    expect(kinds.size).toBe(23);
  });

  it("never refuses a profile that has one condition fewer than an allowed one", () => {
    fc.assert(
      fc.property(anyConditions, fc.nat(3), (conditions, which) => {
        const names = Object.keys(conditions) as (keyof Conditions)[];
        if (names.length === 0 || !isAllowed(conditions)) return;
        const { [names[which % names.length]!]: _, ...fewer } = conditions;
        expect(isAllowed(fewer)).toBe(true);
      }),
      { numRuns: 3000, seed: 2 },
    );
  });

  it("names fields without which the profile is allowed, and no more of them than it takes", () => {
    let several = 0;
    fc.assert(
      fc.property(anyConditions, (conditions) => {
        const check = checkConditions(floor, conditions);
        if (check.allowed) return;
        const without = (fields: readonly string[]) => ({
          ...(!fields.includes("survival_time") && { survivalTimeDays: conditions.survivalTimeDays }),
          ...(!fields.includes("event_occurred") && { event: conditions.event }),
          ...(!fields.includes("age") && { ageYears: conditions.ageYears }),
          ...(!fields.includes("metastasis") && { metastasis: conditions.metastasis }),
        });
        expect(check.loosen.length).toBeGreaterThan(0);
        for (const fields of check.loosen) {
          expect(isAllowed(without(fields) as Conditions)).toBe(true);
          if (fields.length > 1) several++;
          for (const kept of fields) {
            const less = fields.filter((field) => field !== kept);
            expect(isAllowed(without(less) as Conditions)).toBe(false);
          }
        }
      }),
      { numRuns: 2000, seed: 3 },
    );
    expect(several).toBeGreaterThan(0);
  });

  it("counts to the patient: four who died around a day are refused, five are allowed", () => {
    const cohort = (deaths: number): Cohort => ({
      ...planted,
      clinical: {
        ...planted.clinical,
        survivalTimeDays: planted.clinical.survivalTimeDays.map((_, row) => (row < deaths ? 900 : 3000)),
        event: planted.clinical.event.map((_, row) => Number(row < deaths || row >= 80)),
      },
    });
    const profile = { survivalTimeDays: 900, event: 1 } as const;
    expect(isAllowed(profile, fitConditionFloor(cohort(5), { smallestCell }))).toBe(true);
    const four = fitConditionFloor(cohort(4), { smallestCell });
    expect(checkConditions(four, profile)).toEqual({ allowed: false, loosen: [["survival_time"], ["event_occurred"]] });
    expect(() => refuseRareConditions(four, profile)).toThrow(
      "Too few of the patients that the model was trained on are like the profile asked for. " +
        "Leave out survival_time, or event_occurred; or give one of them a commoner value.",
    );
    expect(describeLoosening([["age"], ["event_occurred", "metastasis"]])).toBe(
      "age, or event_occurred with metastasis",
    );
  });

  it("refuses somebody alive beyond what anybody was followed, and an age that nobody had", () => {
    expect(isAllowed({ survivalTimeDays: 36_525, event: 0 })).toBe(false);
    expect(isAllowed({ ageYears: 80 })).toBe(false);
    expect(isAllowed({})).toBe(true);
  });

  it("counts unknown values for no condition", () => {
    const { clinical } = planted;
    const unknown: Cohort = {
      ...planted,
      clinical: {
        ...clinical,
        metastasis: clinical.metastasis.map(() => UNKNOWN),
        ageYears: clinical.ageYears.map(() => Number.NaN),
        event: clinical.event.map(() => UNKNOWN),
      },
    };
    const blind = fitConditionFloor(unknown, { smallestCell });
    expect(blind.cells).toBe(strictestConditionFloor().cells);
    expect(isAllowed({ metastasis: 0 }, blind)).toBe(false);
    expect(isAllowed({}, blind)).toBe(true);
  });

  it("is turned off by 1, refuses every condition where k is more than there are, and takes no other k", () => {
    expect(fitConditionFloor(selectPatients(planted, [0]), { smallestCell: 1 }).cells).not.toContain("0");
    expect(fitConditionFloor(planted, { smallestCell: 91 }).cells).toBe(strictestConditionFloor().cells);
    for (const bad of [0, -1, 2.5, Number.NaN]) {
      expect(() => fitConditionFloor(planted, { smallestCell: bad })).toThrow(OsteonError);
    }
  });

  it("grows with the cohort: another patient makes no profile refused", () => {
    const fewer = fitConditionFloor(selectPatients(planted, [...Array(89).keys()]), { smallestCell });
    for (const [cell, allowed] of Array.from(fewer.cells).entries()) {
      if (allowed === "1") expect(floor.cells[cell]).toBe("1");
    }
  });
});

describe("what is stored", () => {
  it("has the same edges for every cohort, and no patient's time or age", () => {
    const clinical = {
      ...planted.clinical,
      survivalTimeDays: planted.clinical.survivalTimeDays.map((_, row) => 311.25 + row * 17.5),
      ageYears: planted.clinical.ageYears.map((_, row) => 7.31 + row * 0.17),
    };
    const other = fitConditionFloor({ ...planted, clinical }, { smallestCell });
    expect(other.cells).not.toBe(floor.cells);
    expect({ ...other, cells: "" }).toEqual({ ...floor, cells: "" });
    const numbers = new Set([...other.survivalEdgesDays, ...other.ageEdgesYears, other.smallestCell]);
    for (const value of [...clinical.survivalTimeDays, ...clinical.ageYears]) expect(numbers).not.toContain(value);
  });

  it("says the same of a cohort in which every patient is somewhere else within his interval", () => {
    const within = (edges: readonly number[], value: number) => {
      const cell = cellOfValue(edges, value);
      return (edges[cell]! + edges[cell + 1]!) / 2;
    };
    const clinical = {
      ...planted.clinical,
      survivalTimeDays: planted.clinical.survivalTimeDays.map((time) => within(followUpKnotsDays, time)),
      ageYears: planted.clinical.ageYears.map((age) => within(ageEdges, age)),
    };
    expect(fitConditionFloor({ ...planted, clinical }, { smallestCell })).toEqual(floor);
  });

  it("comes back from JSON, and nothing else passes for it", () => {
    const stored: unknown = JSON.parse(JSON.stringify(floor));
    expect(readConditionFloor(stored)).toEqual(floor);
    const { cells } = floor;
    const bad: unknown[] = [
      null,
      undefined,
      "1",
      [],
      { ...floor, smallestCell: 0 },
      { ...floor, smallestCell: null },
      { ...floor, cells: cells.slice(1) },
      { ...floor, cells: `0${cells.slice(1)}` },
      { ...floor, cells: `${cells.slice(1)}x` },
      { ...floor, cells: Array.from(cells) },
      { ...floor, ageEdgesYears: [...ageEdges].reverse() },
      { ...floor, ageEdgesYears: [0] },
      { ...floor, survivalEdgesDays: [0, "1"] },
      { ...floor, survivalEdgesDays: undefined },
    ];
    for (const value of bad) expect(readConditionFloor(value)).toBeUndefined();
  });
});
