export { listStudyFiles } from "./cbioportal/list-study-files.ts";
export { readCbioportalStudy, type CbioportalOptions } from "./cbioportal/read-cbioportal-study.ts";
export { downloadGdcProject, type GdcProgress } from "./gdc/download/download-project.ts";
export { listGdcFiles } from "./gdc/reader/list-gdc-files.ts";
export { readGdcDownload } from "./gdc/reader/read-gdc-download.ts";
export { publicGdcService } from "./gdc/service/gdc-service.ts";
export type { ReadingOptions, ReadingProgress } from "./reading/reading-context.ts";
export { writeSyntheticReplicates } from "./export/write-synthetic-replicates.ts";
export { writeSyntheticCohort, type ExportOptions } from "./export/write-synthetic-cohort.ts";
