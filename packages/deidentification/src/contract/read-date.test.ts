import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDateCell } from "./read-date.ts";

const place = { file: "data.txt", line: 7, column: "DATE_OF_DEATH", ordinal: 3 };
const read = (cell: string) => readDateCell(cell, place);

describe("readDateCell", () => {
  it.each([
    "2011-03-04",
    "20110304",
    "2011/03/04",
    "2011-03-04T10:11:12.5Z",
    "2011-03-04 00:00:00",
    "4 March 2011",
    "04-MAR-2011",
    "4. Mar. 2011",
    "March 4, 2011",
    "Mar 4th 2011",
  ])("reads %j as one day", (cell) => {
    // date -d 2011-03-04 +%s, divided by 86,400
    expect(read(cell)).toBe(15_037);
  });

  it("reads every day of three centuries as ISO 8601 writes it", () => {
    const days = fc.integer({ min: -43_000, max: 65_000 });
    fc.assert(
      fc.property(days, (day) => {
        expect(read(new Date(day * 86_400_000).toISOString().slice(0, 10))).toBe(day);
      }),
    );
  });

  it.each(["", "NA", "[Not Available]", "unknown"])("takes %j as unknown", (cell) => expect(read(cell)).toBeNaN());

  it.each([
    ["03/04/2011", "deidentification.date-ambiguous"],
    ["31/03/2011", "deidentification.date-ambiguous"],
    ["04.03.2011", "deidentification.date-ambiguous"],
    ["3-4-11", "deidentification.date-ambiguous"],
    ["2011-3-4", "deidentification.date-ambiguous"],
    ["2011-02-29", "deidentification.cell-malformed"],
    ["20111304", "deidentification.cell-malformed"],
    ["0000-00-00", "deidentification.cell-malformed"],
    ["9999-12-31", "deidentification.cell-malformed"],
    ["2011-03", "deidentification.cell-malformed"],
    ["40606", "deidentification.cell-malformed"],
    ["4 Marzo 2011", "deidentification.cell-malformed"],
    ["shortly after Easter", "deidentification.cell-malformed"],
    ["617-555-0123", "deidentification.cell-holds-identifier"],
  ])("refuses %j with its place, without repeating it", (cell, code) => {
    expect(() => read(cell)).toThrow(expect.objectContaining({ code }));
    expect(() => read(cell)).toThrow(/data\.txt, line 7, column 3 \(DATE_OF_DEATH\)/);
    expect(() => read(cell)).not.toThrow(new RegExp(cell.replaceAll(/[.]/g, "\\."), "i"));
  });
});
