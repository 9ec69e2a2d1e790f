import { describe, expect, it } from "vitest";
import { createIdentifierDetector, type DetectorOptions } from "./identifier-detector.ts";
import { publishableHeader } from "./publishable-header.ts";

function examine(header: string, column: DetectorOptions["column"], values: readonly string[]) {
  const detector = createIdentifierDetector(header, { column });
  for (const value of values) detector.examine(value);
  return detector.report();
}

describe("createIdentifierDetector", () => {
  it("reports a single telling value", () => {
    expect(examine("NOTES", "dropped", ["fine", "write to a@b.org", ""])).toEqual([
      { class: "e-mail address", evidence: "values", count: 1 },
    ]);
  });

  it("reports a telling header", () => {
    expect(examine("MRN", "dropped", ["x"])).toEqual([
      { class: "medical record number", evidence: "header", count: 0 },
    ]);
  });

  it.each([
    ["20110304", "20120405", "20130506", "date"],
    ["6175550123", "6175550124", "2125550125", "telephone number"],
    ["123456789", "223456789", "323456789", "social security number"],
    ["0012345", "0012346", "0012347", "medical record number"],
    ["02139", "10115", "80331", "geographic subdivision"],
    ["Muster, Anna", "Doe, John", "Roe, Jane", "name"],
    ["Anna Muster", "John Doe", "Jane Roe", "name"],
  ])("reports a column of %s, %s, %s", (a, b, c, expected) => {
    expect(examine("X", "dropped", [a, b, c, "other"])).toEqual([{ class: expected, evidence: "values", count: 3 }]);
    expect(examine("X", "dropped", [a, "other", "else", "more"])).toEqual([]);
    expect(examine("X", "annotations", [a, b, c])).toEqual([]);
  });

  it("does not take a category of two capitalised words for persons", () => {
    expect(
      examine(
        "X",
        "dropped",
        Array.from({ length: 40 }, (_, i) => (i % 2 ? "Limb Sparing" : "Full Amputation")),
      ),
    ).toEqual([]);
  });

  it("knows names, record numbers and dates among ids, and lets study ids pass", () => {
    expect(examine("PATIENT_ID", "ids", ["Anna_Muster", "John_Doe", "Jane_Roe"])).toEqual([
      { class: "name", evidence: "values", count: 3 },
    ]);
    expect(examine("PATIENT_ID", "ids", ["MRN-00123"])[0]?.class).toBe("medical record number");
    expect(examine("PATIENT_ID", "ids", ["P-2011-03-04"])[0]?.class).toBe("date");
    expect(examine("PATIENT_ID", "ids", ["TARGET-40-0A4HLD", "P-0001234", "12345678", "OS1"])).toEqual([]);
  });

  it("stops looking after as many values as it was told", () => {
    const detector = createIdentifierDetector("X", { column: "annotations", maximumValues: 1 });
    detector.examine("fine thing");
    detector.examine("a@b.org");
    expect(detector.report()).toEqual([]);
  });
});

describe("publishableHeader", () => {
  it.each(["DFS_STATUS", "Percent necrosis (%)"])("passes %j", (header) =>
    expect(publishableHeader(header, 3)).toBe(header),
  );
  it.each(["MRN 00123456", "a@b.org", "0012", "=1+1", "x".repeat(60), ""])("withholds %j", (header) => {
    expect(publishableHeader(header, 3)).toBe("column 3 (name withheld)");
  });
});
