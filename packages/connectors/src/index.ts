export { listStudyFiles } from "./cbioportal/list-study-files.ts";
export { readCbioportalStudy, type CbioportalOptions } from "./cbioportal/read-cbioportal-study.ts";
export { readMapping } from "./files/mapping/read-mapping.ts";
export { listMappedFiles } from "./files/mapping/list-mapped-files.ts";
export { readFiles } from "./files/read-files.ts";
export type { ReadingOptions, ReadingProgress } from "./reading/reading-context.ts";
export { writeSyntheticReplicates } from "./export/write-synthetic-replicates.ts";
export { writeSyntheticCohort, type ExportOptions } from "./export/write-synthetic-cohort.ts";
