import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { parquetWriteFile } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { readFolder } from "../files-fixture.ts";

const compressors = { GZIP: gzipSync, ZSTD: zstdCompressSync };

describe("types of Parquet", () => {
  it.each(["SNAPPY", "GZIP", "ZSTD", "UNCOMPRESSED"] as const)(
    "decimals, dates, timestamps, 64-bit numbers, booleans, dictionaries, nulls and lists, in pages of %s",
    async (codec) => {
      const day = (text: string) => new Date(`${text}T00:00:00Z`);
      const write = (directory: string) =>
        parquetWriteFile({
          filename: join(directory, "patients.parquet"),
          codec,
          compressors,
          columnData: [
            { name: "PATIENT_ID", data: ["001", "002", "003"] },
            { name: "PERCENT_NECROSIS", data: [12.3, null, 99.9] },
            { name: "OS_STATUS", data: [0n, 1n, null] },
            { name: "METASTASIS", data: [true, false, null] },
            { name: "SEX", data: ["Male", "Male", "Male"], encoding: "RLE_DICTIONARY" },
            { name: "DATE_OF_BIRTH", data: [day("2001-03-01"), day("1999-06-15"), null] },
            { name: "DATE_OF_DIAGNOSIS", data: [day("2011-03-01"), day("2012-06-15"), null] },
            { name: "DATE_OF_LAST_CONTACT", data: [day("2013-04-01"), new Date("2012-07-15T22:30:00Z"), null] },
            { name: "AGES", data: [[1, 2], [3], []] },
          ],
          schema: [
            { name: "root", num_children: 9 },
            { name: "PATIENT_ID", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
            {
              name: "PERCENT_NECROSIS",
              type: "FIXED_LEN_BYTE_ARRAY",
              type_length: 4,
              converted_type: "DECIMAL",
              scale: 1,
              precision: 4,
              repetition_type: "OPTIONAL",
            },
            { name: "OS_STATUS", type: "INT64", repetition_type: "OPTIONAL" },
            { name: "METASTASIS", type: "BOOLEAN", repetition_type: "OPTIONAL" },
            { name: "SEX", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
            { name: "DATE_OF_BIRTH", type: "INT32", converted_type: "DATE", repetition_type: "OPTIONAL" },
            {
              name: "DATE_OF_DIAGNOSIS",
              type: "INT64",
              converted_type: "TIMESTAMP_MILLIS",
              repetition_type: "OPTIONAL",
            },
            {
              name: "DATE_OF_LAST_CONTACT",
              type: "INT64",
              converted_type: "TIMESTAMP_MICROS",
              repetition_type: "OPTIONAL",
            },
            { name: "AGES", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
            { name: "list", repetition_type: "REPEATED", num_children: 1 },
            { name: "element", type: "DOUBLE", repetition_type: "OPTIONAL" },
          ],
        });
      const { cohort, columns } = await readFolder("patients: { file: patients.parquet }\n", {}, write);
      expect(cohort.patientIds).toEqual(["001", "002", "003"]);
      expect([...cohort.clinical.necrosisPercent]).toEqual([12.3, Number.NaN, 99.9]);
      expect([...cohort.clinical.event]).toEqual([0, 1, -1]);
      expect([...cohort.clinical.metastasis]).toEqual([1, 0, -1]);
      expect([...cohort.clinical.male]).toEqual([1, 1, 1]);
      expect([...cohort.clinical.survivalTimeDays]).toEqual([762, 30, Number.NaN]);
      expect(columns).toContainEqual(expect.objectContaining({ column: "AGES", taken: false }));
    },
  );
});
