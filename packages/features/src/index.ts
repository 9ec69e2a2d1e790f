export { osteosarcomaGeneSets } from "./pathways/osteosarcoma-gene-sets.ts";
export type { GeneSet } from "./pathways/gene-set.ts";
export { parseGmt } from "./pathways/parse-gmt.ts";
export { createPathwayScorer, type PathwayScorer, type UnscoredSet } from "./pathways/pathway-scorer.ts";
export type { PathwayTable } from "./pathways/pathway-table.ts";
export { applyFeatures } from "./selection/apply-features.ts";
export { driverCopyNumberGenes, driverMutationGenes } from "./selection/driver-genes.ts";
export type { ExpressionExclusions, FeatureOptions, FeatureState } from "./selection/feature-state.ts";
export { fitFeatures } from "./selection/fit-features.ts";
