import { describe, expect, it } from "vitest";
import { endsWhole } from "./ends-whole.ts";

const patient = (index: number) => ({ index, clinical: { age_years: 9 }, pathways: { HYPOXIA: 0.1 } });
const lines = (rows: readonly string[]) => rows.map((row) => `${row}\n`).join("");

describe.each([
  ["application/json", 2, JSON.stringify({ seed: 1, patients: [patient(0), patient(1)] })],
  ["application/json", 1, JSON.stringify({ seed: 1, ...patient(0) })],
  ["application/x-ndjson", 2, lines([JSON.stringify(patient(0)), JSON.stringify(patient(1))])],
  ["text/csv", 2, lines(["index,age_years", "0,9", "1,12"])],
  ["application/vnd.apache.parquet", 2, "PAR1 columns and footer PAR1"],
])("a file of %s with %i patients", (mediaType, count, text) => {
  const bytes = new TextEncoder().encode(text);

  it("is whole to its last byte, and not before", () => {
    expect(endsWhole(bytes, mediaType, count)).toBe(true);
    const whole = Array.from(bytes.keys()).filter((end) => endsWhole(bytes.subarray(0, end), mediaType, count));
    expect(whole).toEqual([]);
  });
});

it("a file of lines is not whole between two patients", () => {
  const bytes = new TextEncoder().encode(lines(["index,age_years", "0,9"]));
  expect(endsWhole(bytes, "text/csv", 2)).toBe(false);
});
