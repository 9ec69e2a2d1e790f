import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notANumber, parseDecimal } from "./parse-decimal.ts";

const parse = (text: string) => {
  const bytes = new TextEncoder().encode(`9\t${text}\t9`);
  return parseDecimal(bytes, 2, bytes.length - 2);
};

describe("parseDecimal", () => {
  it.each([
    "0",
    "-0",
    "5",
    "+5",
    "-1.3032",
    ".5",
    "5.",
    "1e5",
    "-2.5E-3",
    "123456789012345678",
    "0.1234567890123456789",
  ])("reads %s as Number does", (text) => expect(parse(text)).toBe(Number(text) === 0 ? 0 : Number(text)));

  it("reads every printed double as Number does", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parse(String(value))).toBe(value === 0 ? 0 : value);
        const fixed = (value % 1e6).toFixed(5);
        expect(parse(fixed)).toBe(Number(fixed) === 0 ? 0 : Number(fixed));
      }),
    );
  });

  it.each(["", "NA", "NaN", "n/a", "[Not Available]"])("takes %j as missing", (text) => expect(parse(text)).toBeNaN());

  it.each(["-", ".", "?"])("takes %j, a code of missing values, as missing", (text) => expect(parse(text)).toBeNaN());

  it.each(["x", "1.2.3", "--1", "1,5", "Inf", "Infinity", "0x1", "1e", "1_000", "9".repeat(65), "é"])(
    "refuses %j",
    (text) => expect(parse(text)).toBe(notANumber),
  );

  it("gives a number that is too large for a double as out of every range, never as a value", () => {
    expect(parse("1e999")).toBe(notANumber);
    expect(parse("-1e999")).toBe(Number.NEGATIVE_INFINITY);
  });
});
