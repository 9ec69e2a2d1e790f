import { cbioportalFields } from "./cbioportal/cbioportal-fields.ts";
import { databaseFields } from "./database/database-fields.ts";
import { fileFields } from "./files/file-fields.ts";
import { gdcFields } from "./gdc/reader/gdc-fields.ts";
import { omopFields } from "./omop/omop-fields.ts";
import type { FieldMapping } from "./reading/field-mapping.ts";

/** One of each reader, in the order in which the data dictionary shows them. */
export const fieldMappings: readonly FieldMapping[] = [
  cbioportalFields,
  fileFields,
  databaseFields,
  omopFields,
  gdcFields,
];
