export { generateCohort, type GenerationRequest } from "./generate-cohort.ts";
export { exportModel, type ExportedModel } from "./export-model.ts";
export { loadSynthesiser } from "./load-synthesiser.ts";
export type { PipelineObserver } from "./pipeline-observer.ts";
export { packageOfRun, runLayout } from "./run-layout.ts";
export { readRunManifest, type RunManifest, type StepRecord } from "./run-manifest.ts";
export { runPipeline, type PipelineRequest } from "./run-pipeline.ts";
export { stepNames, type StepName } from "./step-names.ts";
export { scoresOf } from "./steps/seal.ts";
