import {
  clinicalPatientContract,
  clinicalSampleContract,
  mutationContract,
  type TableContract,
} from "@osteon/deidentification";
import { z } from "zod";
import { checkMapping } from "./check-mapping.ts";

const name = z.string().min(1);
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** What every file may state. Whatever is left out is detected. */
const fileKeys = {
  file: name,
  format: z.enum(["csv", "tsv", "parquet"]).optional(),
  separator: z.enum([",", ";", "|", "\t"]).optional(),
  quote: z.enum(['"', "none"]).optional(),
  decimal: z.enum([".", ","]).optional(),
  /** Codes of this file for "not known", besides the usual ones. */
  missing: z.array(value).default([]),
  /** Digits of an id that is stored as a number, zeros in front included. */
  id_digits: z.int().min(1).max(64).optional(),
};

/** How the columns of a table become those of its contract. */
function columnKeys<Name extends string>({ columns }: TableContract<Name>) {
  const names = Object.keys(columns) as [Name, ...Name[]];
  const each = <T extends z.ZodType>(schema: T) =>
    z.strictObject(
      Object.fromEntries(names.map((column) => [column, schema.optional()])) as Record<Name, z.ZodOptional<T>>,
    );
  return {
    /** Header of the file → column of the contract. */
    columns: z.record(name, z.enum(names)).default({}),
    /** Column of the contract → value of the file → value of the contract. */
    values: each(z.record(z.string(), value)).optional(),
    /** Column of the contract that the file does not have → the value of every row. */
    constants: each(value).optional(),
  };
}

const dates = z.enum(["YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY"]);

/** How genes and samples lie in a matrix. */
const matrixKeys = {
  ...fileKeys,
  orientation: z.enum(["genes-in-rows", "samples-in-rows"]).optional(),
  id: name.optional(),
  gene: name.optional(),
  /** Columns beside genes and samples, not read. */
  annotations: z.array(name).default([]),
};

const copyNumberKeys = { ...matrixKeys, form: z.enum(["matrix", "long"]).default("matrix"), value: name.optional() };

/** A mapping file: which files hold which modality, and how. */
export const mappingSchema = z
  .strictObject({
    directory: name.default("."),
    patients: z.strictObject({
      ...fileKeys,
      ...columnKeys(clinicalPatientContract),
      id: name.optional(),
      units: z
        .strictObject({
          OS_MONTHS: z.enum(["days", "months", "years"]).optional(),
          AGE: z.enum(["days", "months", "years"]).optional(),
          PERCENT_NECROSIS: z.enum(["percent", "fraction"]).optional(),
        })
        .optional(),
      dates: dates.optional(),
    }),
    samples: z
      .strictObject({
        ...fileKeys,
        ...columnKeys(clinicalSampleContract),
        id: name.optional(),
        patient: name.optional(),
      })
      .optional(),
    mutations: z
      .strictObject({
        ...matrixKeys,
        ...columnKeys(mutationContract),
        form: z.enum(["calls", "matrix"]).default("calls"),
        /** `all`: every sample was sequenced in every gene, so that one without a call has no mutation. */
        sequenced: z.enum(["all", "stated"]).default("stated"),
      })
      .optional(),
    copy_number: z.strictObject(copyNumberKeys).optional(),
    expression: z
      .strictObject({
        ...copyNumberKeys,
        format: z.enum(["csv", "tsv", "parquet", "h5ad"]).optional(),
        unit: z.enum(["log2(TPM+1)", "TPM", "CPM", "z-score"]).optional(),
        layer: name.optional(),
        raw: z.boolean().default(false),
      })
      .optional(),
  })
  .superRefine(checkMapping);

export type FileMapping = z.output<typeof mappingSchema>;
/** What the mapping states of a file, whatever the file holds. */
export type FileKeys = Pick<
  FileMapping["patients"],
  "file" | "separator" | "quote" | "decimal" | "missing" | "id_digits"
> & {
  readonly format?: "csv" | "tsv" | "parquet" | "h5ad" | undefined;
};
export type MatrixKeys = FileKeys &
  Pick<NonNullable<FileMapping["copy_number"]>, "orientation" | "id" | "gene" | "annotations">;
