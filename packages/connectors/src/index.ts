export { listStudyFiles } from "./cbioportal/list-study-files.ts";
export { readCbioportalStudy, type CbioportalOptions } from "./cbioportal/read-cbioportal-study.ts";
export { fieldMappings } from "./field-mappings.ts";
export type { ContractField } from "./reading/field-mapping.ts";
export type { ReadingOptions, ReadingProgress } from "./reading/reading-context.ts";
export { clinicalColumns } from "./export/clinical-columns.ts";
export { writeSyntheticReplicates } from "./export/write-synthetic-replicates.ts";
export { writeSyntheticCohort, type ExportOptions } from "./export/write-synthetic-cohort.ts";
