import { describe, expect, it } from "vitest";
import { createIdentifierDetector } from "./identifier-detector.ts";
import { classifyProse } from "./prose.ts";

describe("classifyProse", () => {
  it.each([
    ["Seen with mother (Anna Muster) today", "name"],
    ["cc: Anna Muster", "name"],
    ["we discussed Anna Muster at the board", "name"],
    ["call the aunt at 6175550123", "telephone number"],
    ["family lives in Musterstadt", "geographic subdivision"],
    ["policy no. XB1234567 is valid", "health plan number"],
    ["licence plate AB-CD 123 was noted", "vehicle identifier"],
    ["something about 4711998877 in the file", "other unique identifier"],
  ])("knows what %j mentions", (text, expected) => expect(classifyProse(text)).toBe(expected));

  it.each([
    "tumour of the distal femur, 8 cm",
    "Complete Response",
    "Full Amputation",
    "no evidence of disease after 24 months",
    "missense in ENST00000269305 and rs1042522",
    "ALP 1234 U/L, falling",
    "grade 2 mucositis, MAP x 6",
    "TARGET-40-0A4HLD",
    "",
  ])("is not alarmed by %j", (text) => expect(classifyProse(text)).toBeUndefined());

  it("ends on long text that fits nothing", () => {
    // Matching that goes back over these again and again would not end within the test's time.
    const parts = ["Aa ", "a1-", "1 2 ", "no no no ", "Van der ", "call at "];
    for (const part of parts) expect(() => classifyProse(part.repeat(200_000))).not.toThrow();
  });
});

describe("a column named as a quantity", () => {
  const numbers = ["48213902", "51220341", "47001234", "50998812"];
  const alarms = (header: string, values: readonly string[]) => {
    const detector = createIdentifierDetector(header, { column: "dropped" });
    for (const value of values) detector.examine(value);
    return detector.report();
  };

  it("may hold numbers that would be record numbers under another name", () => {
    expect(alarms("TOTAL_READS", numbers)).toEqual([]);
    expect(alarms("X", numbers)).toHaveLength(1);
    expect(alarms("Pipeline version", ["3.0.0.1", "3.0.0.2"])).toEqual([]);
  });

  it("is judged by its telling values all the same, and whatever is not known does not count", () => {
    expect(alarms("TOTAL_READS", ["a@b.org"])).toHaveLength(1);
    expect(alarms("X", [...numbers, ...Array<string>(40).fill("NA")])).toHaveLength(1);
  });
});
