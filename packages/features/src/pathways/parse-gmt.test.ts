import { describe, expect, it } from "vitest";
import { parseGmt } from "./parse-gmt.ts";

describe("parseGmt", () => {
  it("reads sets, with Windows line ends, a byte-order mark, blank lines and trailing tabs", () => {
    expect(parseGmt("\uFEFFA\tfirst\tTP53\tRB1\tTP53\t\r\n\r\nB\t\tMYC\r\n", "x.gmt")).toEqual([
      { name: "A", description: "first", genes: ["TP53", "RB1"] },
      { name: "B", description: "", genes: ["MYC"] },
    ]);
  });

  it.each([
    ["A TP53 RB1", /x\.gmt, line 1: there is no tab/],
    ["A\td\tTP53\n\td\tRB1", /line 2: the set has no name/],
    ["A\td\tTP53\n\nA\td\tRB1", /line 3: its name stands on line 1 already/],
    ["A\td", /line 1: the set has no genes/],
    ["A\td\tTP53 RB1", /line 1: a gene of the set has a space/],
    ["\n \n", /x\.gmt holds no gene set/],
    ["", /x\.gmt holds no gene set/],
  ])("says what is wrong and where: %j", (text, message) => {
    expect(() => parseGmt(text, "x.gmt")).toThrow(message);
    // A table of patients given by mistake is not quoted.
    const named = text.replaceAll("A\t", "CANARY\t").replaceAll("TP53 RB1", "CANARY RB1");
    expect(() => parseGmt(named, "x.gmt")).not.toThrow(/CANARY/);
  });
});
