export { generateCohort, type GenerationRequest } from "./generate-cohort.ts";
export { loadSynthesiser } from "./load-synthesiser.ts";
export { packageOfRun, runLayout } from "./run-layout.ts";
export type { RunManifest, StepRecord } from "./run-manifest.ts";
export { runPipeline, type PipelineObserver, type PipelineRequest } from "./run-pipeline.ts";
export { stepNames, type StepName } from "./step-names.ts";
export { scoresOf } from "./steps/seal.ts";
