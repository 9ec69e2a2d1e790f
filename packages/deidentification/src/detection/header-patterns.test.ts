import { describe, expect, it } from "vitest";
import { clinicalPatientContract, clinicalSampleContract } from "../contract/clinical-contract.ts";
import { mutationContract } from "../contract/genomic-contract.ts";
import { classifyHeader } from "./header-patterns.ts";
import { safeHarborClasses } from "./safe-harbor.ts";

const cases = [
  ["PATIENT_NAME", "name"],
  ["First name", "name"],
  ["Surname", "name"],
  ["HOME_ADDRESS", "geographic subdivision"],
  ["ZIP", "geographic subdivision"],
  ["zipCode", "geographic subdivision"],
  ["DATE_OF_BIRTH", "date"],
  ["DOB", "date"],
  ["Birthdate", "date"],
  ["AGE_IN_DAYS", "date"],
  ["phone1", "telephone number"],
  ["FAX_NUMBER", "fax number"],
  ["EMAIL_ADDRESS", "e-mail address"],
  ["E-mail", "e-mail address"],
  ["SSN", "social security number"],
  ["MRN", "medical record number"],
  ["Medical Record Number", "medical record number"],
  ["INSURANCE_ID", "health plan number"],
  ["BILLING_ACCOUNT", "account number"],
  ["DRIVERS_LICENSE", "certificate or licence number"],
  ["VEHICLE_ID", "vehicle identifier"],
  ["VIN", "vehicle identifier"],
  ["DEVICE_SERIAL", "device identifier"],
  ["WEBSITE", "URL"],
  ["IP_ADDRESS", "IP address"],
  ["FINGERPRINT", "biometric identifier"],
  ["FACE_PHOTO", "photograph"],
  ["Matched_Norm_Sample_Barcode", "other unique identifier"],
] as const;

describe("classifyHeader", () => {
  it.each(cases)("knows %j", (header, expected) => expect(classifyHeader(header)).toBe(expected));

  it("knows every class of the regulation", () => {
    expect(new Set(cases.map(([, found]) => found))).toEqual(new Set(safeHarborClasses));
  });

  it.each([
    "GENE_NAME",
    "CANCER_TYPE",
    "PRIMARY_SITE",
    "DESCRIPTION",
    "DFS_MONTHS",
    "TREATMENT",
    "TELOMERE",
    "Start_Position",
  ])("is not alarmed by %j", (header) => expect(classifyHeader(header)).toBeUndefined());

  it("is not alarmed by any name in the contracts, but for the barcode that is pseudonymised and reduced dates", () => {
    const contracts = [clinicalPatientContract, clinicalSampleContract, mutationContract];
    const names = contracts.flatMap(({ columns }) =>
      Object.entries(columns)
        .filter(([, { role }]) => role !== "date")
        .flatMap(([name, { aliases }]) => [name, ...aliases]),
    );
    expect(names.filter((name) => classifyHeader(name) !== undefined)).toEqual(["Tumor_Sample_Barcode"]);
  });
});
