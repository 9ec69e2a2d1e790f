import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maximumNumberBytes, writeCode, writeDecimal4 } from "./format-decimal.ts";

function written(write: (bytes: Uint8Array) => number): string {
  const bytes = new Uint8Array(64);
  return Buffer.from(bytes.subarray(0, write(bytes))).toString("latin1");
}

function decimal(value: number): string {
  return written((bytes) => writeDecimal4(bytes, 0, value));
}

function expected(value: number): string {
  const text = String(Number(value.toFixed(4)));
  return text === "-0" ? "0" : text;
}

describe("writeDecimal4", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [1, "1"],
    [-1, "-1"],
    [0.5, "0.5"],
    [-0.25, "-0.25"],
    [12.0625, "12.0625"],
    [0.03125, "0.0313"],
    [-0.03125, "-0.0313"],
    [0.0001, "0.0001"],
    [0.00004, "0"],
    [-0.00004, "0"],
    [9.99996, "10"],
    [199_999.99, "199999.99"],
    [200_000, "200000"],
    [1e21, "1e+21"],
    [Number.NaN, "null"],
    [Number.POSITIVE_INFINITY, "null"],
    [Number.NEGATIVE_INFINITY, "null"],
  ])("writes %d as %s", (value, text) => {
    expect(decimal(value)).toBe(text);
  });

  it("writes every float32 of a plausible range as toFixed rounds it", () => {
    fc.assert(
      fc.property(fc.float({ min: -500, max: 500, noNaN: true }), (value) => {
        expect(decimal(value)).toBe(expected(value));
      }),
      { numRuns: 2000 },
    );
  });

  it("rounds exact ties as toFixed does: sixteenths of a ten-thousandth's grid", () => {
    for (let i = -4096; i <= 4096; i++) {
      expect(decimal(i / 32)).toBe(expected(i / 32));
      expect(decimal(i / 8192)).toBe(expected(i / 8192));
    }
  });

  it("writes any float32 at all as JSON within the promised bytes", () => {
    fc.assert(
      fc.property(fc.float(), (value) => {
        const text = decimal(value);
        expect(text.length).toBeLessThanOrEqual(maximumNumberBytes);
        expect(text).toBe(Number.isFinite(value) ? expected(value) : "null");
        expect(() => JSON.parse(text) as unknown).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});

describe("writeCode", () => {
  it("writes every int8 but the unknown one", () => {
    for (let code = -127; code < 128; code++) {
      expect(written((bytes) => writeCode(bytes, 0, code, -128))).toBe(String(code));
    }
    expect(written((bytes) => writeCode(bytes, 0, -128, -128))).toBe("null");
    expect(written((bytes) => writeCode(bytes, 0, -1, -1))).toBe("null");
  });
});
