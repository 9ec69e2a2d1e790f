import { describe, expect, it } from "vitest";
import { clinicalPatientContract as contract, clinicalSampleContract } from "./clinical-contract.ts";
import { matchColumns } from "./match-columns.ts";

const place = { file: "p.txt", line: 5 };
const required = ["PATIENT_ID", "AGE", "OS_STATUS", "OS_MONTHS", "METASTATIC_AT_DIAGNOSIS"];

describe("matchColumns", () => {
  it("takes the contract's columns under any spelling and drops the rest", () => {
    const headers = ["note", "patient_id", "Age at diagnosis", "Vital Status", "OS_MONTHS", "METASTASIS", "Gender"];
    const { taken, dropped } = matchColumns(contract, headers, [], place);
    expect(Object.fromEntries(taken)).toEqual({
      PATIENT_ID: 1,
      AGE: 2,
      OS_STATUS: 3,
      OS_MONTHS: 4,
      METASTATIC_AT_DIAGNOSIS: 5,
      SEX: 6,
    });
    expect(dropped).toEqual([{ index: 0, reason: "not in the contract" }]);
  });

  it("prefers a column's own name to its aliases", () => {
    const { taken, dropped } = matchColumns(contract, ["AGE_AT_DIAGNOSIS", ...required], [], place);
    expect(taken.get("AGE")).toBe(2);
    expect(dropped.map((column) => column.index)).toEqual([0]);
  });

  it("names the column that is missing and what it may be called", () => {
    const headers = required.filter((name) => name !== "AGE");
    expect(() => matchColumns(contract, headers, [], place)).toThrow(/p\.txt, line 5: no column AGE.*AGE_AT_DIAGNOSIS/);
  });

  it("names both places of a column that is there twice", () => {
    expect(() => matchColumns(contract, [...required, "age"], [], place)).toThrow(/columns 2 and 6 are both AGE/);
  });

  it("treats a removed column as absent, by its own name or an alias", () => {
    for (const field of ["sex", "Gender"]) {
      const { taken, dropped } = matchColumns(contract, [...required, "GENDER", "mrn"], [field, "mrn"], place);
      expect(taken.has("SEX")).toBe(false);
      expect(dropped).toEqual([
        { index: 5, reason: "named in fields_to_remove" },
        { index: 6, reason: "named in fields_to_remove" },
      ]);
    }
  });

  it("says so when a removed column is one it cannot do without", () => {
    const removed = () => matchColumns(contract, required, ["age"], place);
    expect(removed).toThrow(expect.objectContaining({ code: "deidentification.required-column-removed" }));
    expect(() => matchColumns(clinicalSampleContract, ["PATIENT_ID", "SAMPLE_ID"], ["SAMPLE_ID"], place)).toThrow(
      /SAMPLE_ID.*clinical-sample/,
    );
  });

  describe("where dates may take the place of an interval", () => {
    const dates = ["DOB", "DIAGNOSIS_DATE", "DATE_OF_DEATH", "DATE_OF_LAST_CONTACT"];
    const undated = required.filter((name) => name !== "AGE" && name !== "OS_MONTHS");

    it("takes them in place of age and survival", () => {
      const { taken } = matchColumns(contract, [...undated, ...dates], [], place);
      expect([...taken.keys()].filter((name) => name.startsWith("DATE_"))).toHaveLength(4);
    });

    it("takes none that another column makes needless", () => {
      const { taken, dropped } = matchColumns(contract, [...required, ...dates], [], place);
      expect([...taken.keys()].sort()).toEqual([...required].sort());
      expect(dropped.map(({ reason }) => reason)).toEqual(dates.map(() => "another column states it"));
      const some = matchColumns(contract, [...undated, "AGE", ...dates], [], place);
      expect(some.dropped).toEqual([{ index: 4, reason: "another column states it" }]);
    });

    it("takes them where the interval is to be removed", () => {
      const { taken } = matchColumns(contract, [...required, ...dates], ["OS_MONTHS", "AGE"], place);
      expect(taken.has("OS_MONTHS")).toBe(false);
      expect(taken.get("DATE_OF_BIRTH")).toBe(5);
    });

    it("says both ways where neither is whole", () => {
      const attempt = () => matchColumns(contract, [...undated, "DOB", "DATE_OF_LAST_CONTACT"], [], place);
      expect(attempt).toThrow(/no column OS_MONTHS.*; or DATE_OF_DIAGNOSIS with DATE_OF_LAST_CONTACT/);
    });
  });
});
