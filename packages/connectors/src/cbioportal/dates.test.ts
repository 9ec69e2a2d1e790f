import { deidentifyCohort } from "@osteon/deidentification";
import { describe, expect, it } from "vitest";
import { readCbioportalStudy } from "./read-cbioportal-study.ts";
import { smallStudy, tsv, withStudy } from "./study-fixture.ts";

/** The last day of the extract is 2019-07-31; every patient but S1 is alive on it. */
const study = {
  ...smallStudy,
  "data_clinical_patient.txt": tsv(
    [
      "PATIENT_ID",
      "DATE_OF_BIRTH",
      "DATE_OF_DIAGNOSIS",
      "VITAL_STATUS",
      "DATE_OF_DEATH",
      "DATE_OF_LAST_CONTACT",
      "M_STAGE",
    ],
    ["S1", "1999-02-03", "2013-05-06", "dead", "2014-06-07", "2014-05-01", "M0"],
    ["S2", "2001-08-09", "2014-09-10", "alive", "", "2019-07-31", "M1"],
    ["S3", "1920-01-02", "2015-03-04", "alive", "", "2019-07-31", "M0"],
  ),
};
const key = new Uint8Array(32).fill(3);

async function deidentified(dateShiftDays: number) {
  const extract = await withStudy(study, (directory) => readCbioportalStudy(directory));
  const result = await deidentifyCohort(extract, { key, release: "dates", dateShiftDays });
  const survival = [...result.cohort.clinical.survivalTimeDays].sort((a, b) => a - b);
  return { extract, ...result, survival };
}

describe("a study that gives dates", () => {
  it("becomes days from diagnosis and rounded ages, those over 89 as 90; no date is anywhere", async () => {
    const { extract, cohort, record, survival } = await deidentified(0);
    expect(survival).toEqual([397, 1610, 1785]);
    expect([...cohort.clinical.ageYears].sort((a, b) => a - b)).toEqual([13.1, 14.3, 90]);
    expect(record.changed.map(({ column, count }) => [column, count])).toEqual(
      expect.arrayContaining([
        ["DATE_OF_BIRTH", 3],
        ["DATE_OF_DIAGNOSIS", 3],
        ["DATE_OF_DEATH", 1],
        ["DATE_OF_LAST_CONTACT", 3],
      ]),
    );
    const { files: _, ...account } = extract;
    const text = JSON.stringify([account, cohort, record]);
    expect(text).not.toMatch(/(?:19|20)\d\d-\d\d-\d\d/);
    // Days since 1970 of the birth, diagnosis and last contact of S2.
    expect(text).not.toMatch(/\b(?:11543|16323|18108)\b/);
  });

  it("is cut at a secret day for each patient where a shift is asked for", async () => {
    const { record, survival } = await deidentified(365);
    expect(survival[0]).toBe(397);
    expect(survival[1]! < 1610 && survival[1]! >= 1610 - 365).toBe(true);
    expect(survival[2]! < 1785 && survival[2]! >= 1785 - 365).toBe(true);
    expect(1610 - survival[1]!).not.toBe(1785 - survival[2]!);
    expect(record.changed).toContainEqual(expect.objectContaining({ column: "OS_MONTHS", count: 2 }));
  });
});
