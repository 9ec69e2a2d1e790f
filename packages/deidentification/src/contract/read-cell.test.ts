import { describe, expect, it } from "vitest";
import { clinicalPatientContract } from "./clinical-contract.ts";
import type { ColumnKind } from "./column-contract.ts";
import { mutationContract } from "./genomic-contract.ts";
import { readCodeCell, readGeneCell, readIdentifierCell, readNumberCell } from "./read-cell.ts";

const place = { file: "data.txt", line: 7, column: "X", ordinal: 3 };
const kindOf = <T extends ColumnKind["type"]>(kind: ColumnKind, _type: T) => kind as Extract<ColumnKind, { type: T }>;
const months = kindOf(clinicalPatientContract.columns.OS_MONTHS.kind, "number");
const age = kindOf(clinicalPatientContract.columns.AGE.kind, "number");
const status = kindOf(clinicalPatientContract.columns.OS_STATUS.kind, "code");
const metastasis = kindOf(clinicalPatientContract.columns.METASTATIC_AT_DIAGNOSIS.kind, "code");
const classification = kindOf(mutationContract.columns.Variant_Classification.kind, "code");

describe("readNumberCell", () => {
  it.each([
    ["0.000", 0],
    ["-0", 0],
    [" 12.5 ", 12.5],
    ["1e2", 100],
    [".5", 0.5],
  ])("reads %j", (cell, value) => {
    expect(Object.is(readNumberCell(cell, months, place), value)).toBe(true);
  });

  it.each(["", "NA", "n/a", "[Not Available]", "Unknown", " "])("takes %j as unknown", (cell) => {
    expect(readNumberCell(cell, months, place)).toBeNaN();
  });

  it.each([">89", "> 89", "90+"])("takes the age %j as the pool", (cell) => {
    expect(readNumberCell(cell, age, place)).toBe(90);
  });

  it.each([
    ["-0.1", "deidentification.cell-out-of-range"],
    ["1e9", "deidentification.cell-out-of-range"],
    ["four", "deidentification.cell-not-a-number"],
    ["0x10", "deidentification.cell-not-a-number"],
    ["1,5", "deidentification.cell-not-a-number"],
    ["Infinity", "deidentification.cell-not-a-number"],
    ["2011-03-04", "deidentification.cell-holds-identifier"],
  ])("refuses %j without repeating it", (cell, code) => {
    const read = () => readNumberCell(cell, months, place);
    expect(read).toThrow(expect.objectContaining({ code, parameters: expect.objectContaining(place) }));
    expect(read).not.toThrow(new RegExp(cell.replace(/[.+]/g, "\\$&"), "u"));
    expect(read).toThrow(/data\.txt, line 7, column 3 \(X\)/);
  });
});

describe("readCodeCell", () => {
  it.each([
    ["0:LIVING", 0],
    ["1:DECEASED", 1],
    ["deceased", 1],
    ["1", 1],
    ["", -1],
    ["NA", -1],
  ])("reads the status %j", (cell, value) => expect(readCodeCell(cell, status, place)).toBe(value));

  it.each([
    ["Yes", 1],
    ["no", 0],
    ["None", 0],
    ["M1a", 1],
    ["MX", -1],
    ["Unknown", -1],
  ])("reads the metastasis %j", (cell, value) => expect(readCodeCell(cell, metastasis, place)).toBe(value));

  it.each([
    ["Missense_Mutation", 1],
    ["Silent", 0],
    ["5'Flank", 0],
    ["", -1],
  ])("reads the consequence %j", (cell, value) => expect(readCodeCell(cell, classification, place)).toBe(value));

  it("refuses a value that the column does not have, naming those it has", () => {
    const read = () => readCodeCell("2:ZOMBIE", status, place);
    expect(read).toThrow(/line 7, column 3 \(X\).*0:living, 1:deceased/);
    expect(read).not.toThrow(/zombie/i);
  });
});

describe("readIdentifierCell", () => {
  it("takes cBioPortal's characters", () => {
    expect(readIdentifierCell(" TARGET-40-0A4HLD ", place)).toBe("TARGET-40-0A4HLD");
  });
  it.each([
    ["", "deidentification.cell-missing"],
    ["a b", "deidentification.cell-malformed"],
    ["a/../b", "deidentification.cell-malformed"],
    ["x@example.org", "deidentification.cell-holds-identifier"],
  ])("refuses %j", (cell, code) => {
    expect(() => readIdentifierCell(cell, place)).toThrow(expect.objectContaining({ code }));
  });
});

describe("readGeneCell", () => {
  it.each(["TP53", "HLA-A", "hsa-mir-1302-2", "1/2-SBSRNA4", "UNK", "NKX2-1"])("takes %j", (cell) => {
    expect(readGeneCell(cell, place)).toBe(cell);
  });
  it.each(["", "NA", "Unknown"])("takes %j as none", (cell) => expect(readGeneCell(cell, place)).toBeUndefined());
  it.each(["=HYPERLINK(1)", "two words", "née"])("refuses %j", (cell) => {
    expect(() => readGeneCell(cell, place)).toThrow(
      expect.objectContaining({ code: "deidentification.cell-malformed" }),
    );
  });
});
