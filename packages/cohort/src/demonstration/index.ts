export { type CopyNumberProbabilities } from "./alterations.ts";
export { type ExpressionGene } from "./expression-genes.ts";
export { demonstrationPathwayNames, demonstrationPathways, type DemonstrationPathway } from "./pathways.ts";
export { simulateDemonstrationCohort, type DemonstrationCohort, type DemonstrationOptions } from "./simulate.ts";
export { latentCorrelation, type DemonstrationTruth, type LatentEffect } from "./truth.ts";
