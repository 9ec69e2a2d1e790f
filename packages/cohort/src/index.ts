export { assertCohortShape } from "./assert-shape.ts";
export { clinicalVariables, type ClinicalVariable } from "./clinical-variables.ts";
export {
  COPY_NUMBER_UNKNOWN,
  UNKNOWN,
  type ClinicalTable,
  type Cohort,
  type CopyNumberTable,
  type ExpressionTable,
  type ExpressionUnit,
  type MutationTable,
} from "./cohort.ts";
export { completePatients, hasPart, type CohortPart } from "./complete-patients.ts";
export {
  demonstrationPathwayNames,
  demonstrationPathways,
  latentCorrelation,
  simulateDemonstrationCohort,
  type CopyNumberProbabilities,
  type DemonstrationCohort,
  type DemonstrationOptions,
  type DemonstrationPathway,
  type DemonstrationTruth,
  type ExpressionGene,
  type LatentEffect,
} from "./demonstration/index.ts";
export { decodeCohort, digestCohort, encodeCohort } from "./encode.ts";
export { createGeneNames, type GeneNames } from "./genes/gene-names.ts";
export { parseGeneAliases } from "./genes/parse-gene-aliases.ts";
export { selectPatients, selectPatientsById } from "./select-patients.ts";
export { splitCohort, type CohortSplit, type SplitOptions } from "./split.ts";
export { summariseCohort, type CohortSummary } from "./summarise.ts";
