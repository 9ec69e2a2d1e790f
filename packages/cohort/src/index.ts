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
export * from "./demonstration/index.ts";
