import { normaliseColumnName } from "../contract/column-contract.ts";
import type { SafeHarborClass } from "./safe-harbor.ts";

/**
 * Words of a column's name that give its content away; first match wins, so the narrow ones come first
 * (`EMAIL_ADDRESS` is an e-mail address, `IP_ADDRESS` an IP address, `DEVICE_SERIAL_DATE` a device).
 * Each pattern is tried on the name in upper case with single underscores between words.
 */
const headerPatterns: readonly (readonly [SafeHarborClass, RegExp])[] = [
  ["e-mail address", word("E_?MAIL", "MAIL")],
  ["IP address", word("IP", "IPV[46]", "IP_ADDR", "IP_ADDRESS", "IPADDRESS")],
  ["URL", word("URL", "URI", "WEBSITE", "WEB_PAGE", "HOMEPAGE", "WEB_ADDRESS", "LINK")],
  ["fax number", word("FAX", "TELEFAX", "FACSIMILE")],
  ["telephone number", word("PHONE", "TELEPHONE", "TEL", "MOBILE", "CELLPHONE", "PAGER", "CONTACT_NUMBER")],
  [
    "social security number",
    word("SSN", "SOCIAL_SECURITY", "SOCIAL_SEC", "SIN", "NATIONAL_ID", "NATIONAL_INSURANCE", "NINO"),
  ],
  [
    "medical record number",
    word(
      "MRN",
      "MEDICAL_RECORD",
      "MED_REC",
      "RECORD_NUMBER",
      "RECORD_NO",
      "HOSPITAL_(?:ID|NUMBER|NO)",
      "CHART",
      "EMPI",
      "MPI",
      "EHR",
      "NHS",
      "NHS_NUMBER",
    ),
  ],
  [
    "health plan number",
    word(
      "INSURANCE",
      "INSURER",
      "POLICY",
      "HEALTH_PLAN",
      "BENEFICIARY",
      "MEMBER_(?:ID|NUMBER|NO)",
      "SUBSCRIBER",
      "MEDICARE",
      "MEDICAID",
      "PAYER",
    ),
  ],
  [
    "account number",
    word("ACCOUNT", "ACCT", "IBAN", "BILLING", "INVOICE", "ENCOUNTER_(?:ID|NUMBER)", "VISIT_(?:ID|NUMBER)"),
  ],
  ["certificate or licence number", word("LICEN[CS]E", "CERTIFICATE", "PASSPORT", "DRIVERS?", "DRIVING")],
  ["vehicle identifier", word("VEHICLE", "VIN", "LICEN[CS]E_PLATE", "NUMBER_PLATE")],
  ["device identifier", word("DEVICE", "SERIAL", "UDI", "IMEI", "MAC_ADDRESS", "IMPLANT_(?:ID|NUMBER|SERIAL)")],
  ["biometric identifier", word("BIOMETRIC", "FINGER_?PRINT", "VOICE_?PRINT", "RETINA", "IRIS", "FACE_?PRINT")],
  ["photograph", word("PHOTO", "PHOTOGRAPH", "PICTURE", "PORTRAIT", "FACE_IMAGE", "IMAGE_FILE")],
  [
    "date",
    word(
      "DATE",
      "DOB",
      "DOD",
      "BIRTH",
      "BIRTHDAY",
      "BIRTHDATE",
      "DT",
      "TIMESTAMP",
      "ADMISSION",
      "DISCHARGE",
      "DAY_OF_BIRTH",
      "AGE_IN_DAYS",
    ),
  ],
  [
    "geographic subdivision",
    word(
      "ADDRESS",
      "ADDR",
      "STREET",
      "CITY",
      "TOWN",
      "COUNTY",
      "PRECINCT",
      "PARISH",
      "ZIP",
      "ZIP_?CODE",
      "POST_?CODE",
      "POSTAL",
      "POSTAL_CODE",
      "LATITUDE",
      "LONGITUDE",
      "GEOCODE",
      "VILLAGE",
      "RESIDENCE",
    ),
  ],
  [
    "name",
    word(
      "(?:FIRST|LAST|MIDDLE|FULL|MAIDEN|GIVEN|FAMILY|PATIENT|SUBJECT|MOTHERS?|FATHERS?|PARENTS?|GUARDIAN|PHYSICIAN|DOCTOR|SURGEON|CONTACT)_?NAME",
      "NAME",
      "SURNAME",
      "FORENAME",
      "INITIALS",
      "NEXT_OF_KIN",
      "RELATIVE",
    ),
  ],
  [
    "other unique identifier",
    word("BARCODE", "UUID", "GUID", "ACCESSION", "REGISTRY_(?:ID|NUMBER)", "GENETIC_ID", "OTHER_(?:PATIENT_)?ID"),
  ],
];

/** Names with a word of the list that are no person's: `GENE_NAME`, `CANCER_TYPE_NAME`, `CELL_LINE_NAME`. */
const harmless =
  /(?:^|_)(?:GENE|STUDY|CANCER|TUMOU?R|DRUG|AGENT|REGIMEN|PROTOCOL|CELL_LINE|SAMPLE|DISEASE|PANEL|CENTER_TYPE)_(?:[A-Z]+_)?NAME$/;

/** The class that a column's name announces, if any. */
export function classifyHeader(header: string): SafeHarborClass | undefined {
  const name = normaliseColumnName(header.replace(/([a-z0-9])([A-Z])/g, "$1_$2"));
  if (harmless.test(name)) return undefined;
  return headerPatterns.find(([, pattern]) => pattern.test(name))?.[0];
}

function word(...alternatives: readonly string[]): RegExp {
  return new RegExp(`(?:^|_)(?:${alternatives.join("|")})(?:_|\\d*$)`);
}
