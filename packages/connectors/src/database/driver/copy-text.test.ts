import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notANumber } from "../../text/parse-decimal.ts";
import { CopyCells, encodeCopyRows } from "./copy-text.ts";

describe("CopyCells", () => {
  it("gives back whatever rows are encoded", () => {
    const cell = fc.option(fc.string({ unit: "grapheme" }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 70 }), { minLength: 1 }), (rows) => {
        const bytes = encodeCopyRows(rows);
        const cells = new CopyCells();
        let at = 0;
        const read = rows.map((row) => {
          at = cells.find(bytes, at);
          return row.map((_, index) => cells.text(index));
        });
        expect(read).toEqual(rows);
        expect(at).toBe(bytes.length);
      }),
    );
  });

  it("reads what PostgreSQL writes for special characters", () => {
    const cells = new CopyCells();
    cells.find(Buffer.from("a\\tb\t\\\\N\t\\N\tc\\nd\\r\\b\\f\\v\n"), 0);
    expect([0, 1, 2, 3].map((cell) => cells.text(cell))).toEqual(["a\tb", "\\N", null, "c\nd\r\b\f\v"]);
  });

  it("reads numbers, and none", () => {
    const cells = new CopyCells();
    cells.find(Buffer.from("1.5\t-0\t1e-05\t\\N\t\tNaN\tInfinity\n"), 0);
    const read = [0, 1, 2, 3, 4, 5, 6].map((cell) => cells.number(cell));
    expect(read).toEqual([1.5, 0, 1e-5, NaN, NaN, NaN, notANumber]);
  });
});
