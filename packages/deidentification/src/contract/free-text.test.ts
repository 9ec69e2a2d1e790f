import { OsteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { clinicalPatientContract, clinicalSampleContract } from "./clinical-contract.ts";
import type { ColumnContract } from "./column-contract.ts";
import { genePanelContract, mutationContract } from "./genomic-contract.ts";
import { matchColumns } from "./match-columns.ts";
import { readCodeCell, readGeneCell, readIdentifierCell, readLabelCell, readNumberCell } from "./read-cell.ts";
import { readDateCell } from "./read-date.ts";

const contracts = [clinicalPatientContract, clinicalSampleContract, mutationContract, genePanelContract];
const columns = contracts.flatMap(({ table, columns: named }) =>
  Object.entries<ColumnContract>(named).map(([name, column]) => [`${table}.${name}`, column] as const),
);

/** Notes as they stand in records; the first holds nothing that a pattern would find. */
const notes = [
  "doing well after second surgery, lives with grandmother",
  "Resected at Northfield; mother is a teacher at the local school.",
  "Pt. seen by Dr. Okonkwo on 3/4/2011, MRN 0012345",
  "see scan_0231.dcm",
];

function readCell(cell: string, { kind }: ColumnContract): unknown {
  const place = { file: "f.txt", line: 2, column: "C", ordinal: 1 };
  switch (kind.type) {
    case "identifier":
      return readIdentifierCell(cell, place);
    case "gene":
      return readGeneCell(cell, place);
    case "label":
      return readLabelCell(cell, place);
    case "date":
      return readDateCell(cell, place);
    case "number":
      return readNumberCell(cell, kind, place);
    case "code":
      return readCodeCell(cell, kind, place);
  }
}

describe("free text", () => {
  it.each(columns)("is refused in %s, or is a label, which is coded", (_, column) => {
    for (const note of notes) {
      let failure: unknown;
      try {
        readCell(note, column);
      } catch (error) {
        failure = error;
      }
      if (failure === undefined) expect(column.kind.type).toBe("label");
      else {
        expect(failure).toBeInstanceOf(OsteonError);
        for (const word of ["grandmother", "teacher", "Okonkwo", "0012345", "2011", "0231"]) {
          expect((failure as Error).message).not.toContain(word);
        }
      }
    }
  });

  it("has no column in any contract: whatever such a column is called, it is dropped", () => {
    const names = ["NOTES", "COMMENT", "HISTORY", "CLINICAL_SUMMARY", "Pathology report", "SEX_NOTES", "AGE remarks"];
    for (const contract of contracts) {
      const headers = [...Object.keys(contract.columns), ...names];
      const { dropped } = matchColumns(contract as typeof clinicalPatientContract, headers, [], { file: "f", line: 1 });
      const unknown = dropped
        .filter(({ reason }) => reason === "not in the contract")
        .map(({ index }) => headers[index]);
      expect(unknown).toEqual(names);
    }
  });
});

describe("a label", () => {
  const place = { file: "f.txt", line: 2, column: "BATCH", ordinal: 4 };
  it.each(["Plate 12", "2014-03-02", "TARGET-20", "Centre A"])("may be %j", (cell) => {
    expect(readLabelCell(cell, place)).toBe(cell.toLowerCase());
  });
  it.each(["anna@example.org", "MRN 0012345", "123-45-6789"])("may not be %j: its column is another", (cell) => {
    const code = "deidentification.cell-holds-identifier";
    expect(() => readLabelCell(cell, place)).toThrow(expect.objectContaining({ code }));
  });
});
