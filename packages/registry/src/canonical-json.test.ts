import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeCanonicalJson } from "./canonical-json.ts";

describe("canonical JSON", () => {
  it("gives the example of RFC 8785, section 3.2.2", () => {
    const value = {
      numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    };
    expect(encodeCanonicalJson(value, "x")).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("keeps every JSON value, whatever the order of its keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = encodeCanonicalJson(value, "x");
        expect(encodeCanonicalJson(JSON.parse(text), "x")).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(encodeCanonicalJson({ b: 1, a: undefined, c: { y: 0, x: 0 } }, "x")).toBe('{"b":1,"c":{"x":0,"y":0}}');
  });

  it("refuses what JSON would lose, naming the place", () => {
    const losses: [unknown, RegExp][] = [
      [{ mean: NaN }, /"state" .* mean is a number that is not finite/],
      [{ mean: [1, Infinity] }, /\[1\] is a number/],
      [{ values: new Float32Array(2) }, /values is a Float32Array/],
      [{ when: new Date(0) }, /when is a Date/],
      [{ run: () => 1 }, /run is a function/],
      [[undefined], /\[0\] is undefined/],
      [undefined, /its root is undefined/],
      [{ big: 1n }, /big is a bigint/],
    ];
    for (const [value, message] of losses) expect(() => encodeCanonicalJson(value, "state")).toThrow(message);
  });
});
