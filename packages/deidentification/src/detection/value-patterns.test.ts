import { describe, expect, it } from "vitest";
import { classifyValue } from "./value-patterns.ts";

describe("classifyValue", () => {
  it.each([
    ["Mrs. Muster", "name"],
    ["patient name: Anna", "name"],
    ["12 Old Mill Road", "geographic subdivision"],
    ["02139-1234", "geographic subdivision"],
    ["SW1A 1AA", "geographic subdivision"],
    ["zip 02139", "geographic subdivision"],
    ["2011-03-04", "date"],
    ["2011/3/4", "date"],
    ["04.03.2011", "date"],
    ["3/4/11", "date"],
    ["seen 4 March 2011", "date"],
    ["Mar 4, 2011", "date"],
    ["2011-03-04T10:11:12Z", "date"],
    ["(617) 555-0123", "telephone number"],
    ["617-555-0123", "telephone number"],
    ["+49 89 1234567", "telephone number"],
    ["fax: 617 555 0199", "fax number"],
    ["anna.m@example.org", "e-mail address"],
    ["123-45-6789", "social security number"],
    ["SSN 123456789", "social security number"],
    ["MRN 0012345", "medical record number"],
    ["MRN-0012345", "medical record number"],
    ["policy no. AB123456", "health plan number"],
    ["account 12345678", "account number"],
    ["GB82WEST12345698765432", "account number"],
    ["licence no C1234567", "certificate or licence number"],
    ["1M8GDM9AXKP042788", "vehicle identifier"],
    ["00:1B:44:11:3A:B7", "device identifier"],
    ["serial number 4711-99887766", "device identifier"],
    ["https://example.org/p/1", "URL"],
    ["www.example.org", "URL"],
    ["192.168.10.20", "IP address"],
    ["2001:db8:0:0:1:0:0:1", "IP address"],
    ["2001:db8::8a2e:7334", "IP address"],
    ["face_front.jpg", "photograph"],
    ["123e4567-e89b-12d3-a456-426614174000", "other unique identifier"],
  ])("knows %j", (value, expected) => {
    expect(classifyValue(value)).toBe(expected);
  });

  it.each([
    "TARGET-40-0A4HLD",
    "TARGET-40-PAKUZU-01",
    "TCGA-AB-1234-01A",
    "P-0001234-T01-IM5",
    "19.860",
    "129.643",
    "0:LIVING",
    "limb sparing; amputation",
    "Lung, right lower lobe",
    "Bone and lung",
    "n/a - no surgery",
    "Stage 3/4",
    "91-100",
    "leg/foot",
    "Osteosarcoma",
    "hsa-mir-1302-2",
    "1/2-SBSRNA4",
    "RP11-34P13.7",
    "LOC100288069",
    "GB82WEST12345698765433",
    "1M8GDM9A1KP042788",
    "192.168.10.999",
    "100288069",
  ])("is not alarmed by %j", (value) => {
    expect(classifyValue(value)).toBeUndefined();
  });

  it("leaves forms that study ids may take alone in id columns", () => {
    expect(classifyValue("40012-0001", { idColumn: true })).toBeUndefined();
    expect(classifyValue("123e4567-e89b-12d3-a456-426614174000", { idColumn: true })).toBeUndefined();
    expect(classifyValue("123-45-6789", { idColumn: true })).toBe("social security number");
  });

  it("is quick on long text that fits nothing", () => {
    const texts = ["a ".repeat(500_000), "1-".repeat(500_000), "9".repeat(1_000_000), "a.".repeat(500_000)];
    for (const text of texts) expect(classifyValue(text)).toBeUndefined();
  });
});
