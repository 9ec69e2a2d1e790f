export { digestFile } from "./file-digests.ts";
export { checkExtract, type OpenedReference } from "./drift/check-extract.ts";
export { checkOutput } from "./drift/check-output.ts";
export { generateCohort, type GenerationRequest } from "./generate-cohort.ts";
export { exportModel, exportWarning, type ExportedModel } from "./export-model.ts";
export { clearStoppedRun } from "./leftovers.ts";
export { loadSynthesiser, savedSynthesiserOf } from "./load-synthesiser.ts";
export { worthOfModel, type ModelWorth } from "./model-worth.ts";
export type { PipelineObserver } from "./pipeline-observer.ts";
export { describePackage } from "./release/describe-package.ts";
export {
  accountOfPackage,
  cardOfPackage,
  referenceOfPackage,
  reportOfPackage,
  summariseFacts,
} from "./release/package-accounts.ts";
export { gateVerdictOf } from "./release/evaluation-of-package.ts";
export { factsOfAnyPackage, factsOfPackage } from "./release/facts-of-package.ts";
export { proveModel, proveSynthesiser } from "./release/prove-model.ts";
export { packageOfRun, runLayout } from "./run-layout.ts";
export { readRunManifest, type RunManifest, type StepRecord } from "./run-manifest.ts";
export { reportDeidentification } from "./report-deidentification.ts";
export { runPipeline, type PipelineRequest } from "./run-pipeline.ts";
export { fillDemonstrationDatabase } from "./sources/fill-demonstration-database.ts";
export { readDatabaseAddress } from "./sources/database-address.ts";
export { checkSource, type SourceCheck } from "./sources/check-source.ts";
export { stepNames, type StepName } from "./step-names.ts";
export { scoresOf } from "./steps/seal.ts";
