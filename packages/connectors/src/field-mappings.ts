import { cbioportalFields } from "./cbioportal/cbioportal-fields.ts";
import type { FieldMapping } from "./reading/field-mapping.ts";

/** One of each reader, in the order in which the data dictionary shows them. */
export const fieldMappings: readonly FieldMapping[] = [cbioportalFields];
