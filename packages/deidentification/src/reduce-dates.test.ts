import { describe, expect, it } from "vitest";
import { clinicalPatientContract, type ClinicalPatientColumn } from "./contract/clinical-contract.ts";
import { readCodeCell, readNumberCell } from "./contract/read-cell.ts";
import { readDateCell } from "./contract/read-date.ts";
import { createDateReducer, type DatedRow } from "./reduce-dates.ts";

type Cells = Partial<Record<ClinicalPatientColumn, string>>;

function rowOf(cells: Cells): DatedRow {
  const place = (column: ClinicalPatientColumn) => ({ file: "p.txt", line: 9, column, ordinal: 1 });
  const kind = (column: ClinicalPatientColumn) => clinicalPatientContract.columns[column].kind as never;
  return {
    has: (column) => cells[column] !== undefined,
    date: (column) => readDateCell(cells[column] ?? "", place(column)),
    number: (column) => readNumberCell(cells[column] ?? "", kind(column), place(column)),
    code: (column) => readCodeCell(cells[column] ?? "", kind(column), place(column)),
    place,
  };
}

const dated = {
  OS_STATUS: "1",
  DATE_OF_BIRTH: "1995-06-15",
  DATE_OF_DIAGNOSIS: "2010-06-15",
  DATE_OF_DEATH: "2011-06-15",
  DATE_OF_LAST_CONTACT: "2011-05-01",
};
const reduce = (cells: Cells) => createDateReducer().reduce("S1", rowOf(cells));

describe("createDateReducer", () => {
  it("reads months and years as they are where the source states them", () => {
    expect(reduce({ OS_STATUS: "1", OS_MONTHS: "10", AGE: "12.5" })).toEqual({ survivalTimeDays: 304, ageYears: 12.5 });
    expect(reduce({ OS_MONTHS: "0.000", AGE: "" })).toEqual({ survivalTimeDays: 0, ageYears: Number.NaN });
  });

  it("counts survival to death of who died and to last contact of who did not, age from birth", () => {
    const { survivalTimeDays, ageYears } = reduce(dated);
    expect(survivalTimeDays).toBe(365);
    expect(ageYears).toBeCloseTo(15, 2);
    expect(reduce({ ...dated, OS_STATUS: "0", DATE_OF_DEATH: "" }).survivalTimeDays).toBe(320);
    expect(reduce({ ...dated, OS_STATUS: "" }).survivalTimeDays).toBe(365);
  });

  it("leaves unknown what would be a guess", () => {
    expect(reduce({ ...dated, DATE_OF_DEATH: "NA" }).survivalTimeDays).toBeNaN();
    expect(reduce({ ...dated, DATE_OF_DIAGNOSIS: "" })).toEqual({ survivalTimeDays: Number.NaN, ageYears: Number.NaN });
    expect(reduce({ ...dated, DATE_OF_BIRTH: "" }).ageYears).toBeNaN();
  });

  it("takes the last contact for the death in tables that have no other column for it", () => {
    const { DATE_OF_DEATH: _, ...naaccr } = dated;
    expect(reduce(naaccr).survivalTimeDays).toBe(320);
  });

  it.each([
    [{ ...dated, OS_STATUS: "0" }, "deidentification.dates-contradict"],
    [{ ...dated, DATE_OF_DEATH: "2009-01-01" }, "deidentification.dates-reversed"],
    [{ ...dated, DATE_OF_BIRTH: "2012-01-01" }, "deidentification.dates-reversed"],
    [{ ...dated, DATE_OF_BIRTH: "1860-01-01" }, "deidentification.dates-too-far"],
  ])("refuses what cannot be: %j", (cells, code) => {
    expect(() => reduce(cells)).toThrow(expect.objectContaining({ code }));
    expect(() => reduce(cells)).toThrow(/p\.txt, line 9/);
    expect(() => reduce(cells)).not.toThrow(/19\d\d|20\d\d/);
  });

  it("says what it reduced and how far the source looks, without a date", () => {
    const reducer = createDateReducer();
    reducer.reduce("S1", rowOf(dated));
    reducer.reduce("S2", rowOf({ ...dated, OS_STATUS: "0", DATE_OF_DEATH: "", DATE_OF_LAST_CONTACT: "2012-06-15" }));
    const told = reducer.finish();
    expect(told.observedDays).toEqual([
      ["S1", 731],
      ["S2", 731],
    ]);
    expect(told.reductions.map(({ column, count }) => [column, count])).toEqual([
      ["DATE_OF_DIAGNOSIS", 2],
      ["DATE_OF_LAST_CONTACT", 2],
      ["DATE_OF_DEATH", 1],
      ["DATE_OF_BIRTH", 2],
    ]);
    expect(JSON.stringify(told)).not.toMatch(/19\d\d|20\d\d/);
    expect(createDateReducer().finish()).toEqual({ reductions: [], observedDays: [] });
  });
});
