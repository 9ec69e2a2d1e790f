import { COPY_NUMBER_UNKNOWN, hasPart, UNKNOWN, type Cohort } from "@osteon/cohort";
import type { DriftReference, ReferenceVariable } from "@osteon/contracts";
import { createPathwayScorer } from "@osteon/features";
import { takeGenes } from "../variables/pathway-variables.ts";
import { summariseExpression } from "./expression-summary.ts";

/** What of a reference says how a cohort is to be read. */
export type ReferenceFrame = Pick<
  DriftReference,
  "expressionUnit" | "expressionGenes" | "geneSets" | "minimumSetGenes" | "geneScales"
>;

/** With fewer of the reference's genes, ranks and distances over them are other ones. */
const leastMeasured = 0.95;

/** One variable of every patient, NaN where unknown; undefined where the cohort cannot be read so. */
type ReadColumn = (source: ReferenceVariable["source"]) => Float64Array | undefined;

/** Reads the variables of a reference from a cohort. */
export function readColumns(frame: ReferenceFrame, cohort: Cohort): ReadColumn {
  const rows = [...cohort.patientIds.keys()];
  const { genes, unit } = cohort.expression;
  const listed = new Set(genes);
  const isSameUnit = genes.length > 0 && unit === frame.expressionUnit;
  const measured = frame.expressionGenes.filter((gene) => listed.has(gene)).length;
  const isWhole = isSameUnit && measured >= leastMeasured * frame.expressionGenes.length;
  const pathways = isWhole ? scorePathways(frame, cohort) : new Map<string, Float64Array>();
  const summaries = isWhole ? summariseExpression(frame.geneScales, cohort) : new Map<string, Float64Array>();
  return ({ table, key }) => {
    switch (table) {
      case "clinical":
        return readClinical(cohort, key);
      case "completeness":
        return Float64Array.from(rows, (row) => (isRecorded(cohort, key, row) ? 1 : 0));
      case "mutations":
        return cohort.mutations.genes.length === 0 ? undefined : readMutation(cohort, key);
      case "copyNumber":
        return readGene(cohort.copyNumber, key, rows, COPY_NUMBER_UNKNOWN);
      case "expression":
        return isSameUnit ? readGene(cohort.expression, key, rows, Number.NaN) : undefined;
      case "pathways":
        return pathways.get(key);
      case "summary":
        return summaries.get(key);
    }
  };
}

function readClinical({ clinical }: Cohort, key: string): Float64Array | undefined {
  switch (key) {
    case "age":
      return clinical.ageYears;
    case "necrosis":
      return clinical.necrosisPercent;
    case "survival time":
      return clinical.survivalTimeDays;
    case "death":
      return known(clinical.event);
    case "metastasis":
      return known(clinical.metastasis);
    case "male":
      return known(clinical.male);
    default:
      return undefined;
  }
}

function known(codes: Int8Array): Float64Array {
  return Float64Array.from(codes, (code) => (code === UNKNOWN ? Number.NaN : code));
}

function isRecorded(cohort: Cohort, key: string, row: number): boolean {
  switch (key) {
    case "male":
      return cohort.clinical.male[row] !== UNKNOWN;
    case "necrosis":
      return !Number.isNaN(cohort.clinical.necrosisPercent[row]!);
    default:
      return hasPart(cohort, key as Parameters<typeof hasPart>[1], row);
  }
}

/** A gene that the table does not list is not mutated where the patient was sequenced. */
function readMutation(cohort: Cohort, gene: string): Float64Array {
  const { genes, values } = cohort.mutations;
  const place = genes.indexOf(gene);
  return Float64Array.from(cohort.patientIds, (_, row) => {
    const value = place < 0 ? (hasPart(cohort, "mutations", row) ? 0 : UNKNOWN) : values[row * genes.length + place]!;
    return value === UNKNOWN ? Number.NaN : value;
  });
}

interface GeneTable {
  readonly genes: readonly string[];
  readonly values: ArrayLike<number>;
}

function readGene({ genes, values }: GeneTable, gene: string, rows: readonly number[], unknown: number) {
  const place = genes.indexOf(gene);
  if (place < 0) return undefined;
  return Float64Array.from(rows, (row) => {
    const value = values[row * genes.length + place]!;
    return value === unknown ? Number.NaN : value;
  });
}

function scorePathways({ expressionGenes, geneSets, minimumSetGenes }: ReferenceFrame, cohort: Cohort) {
  const scorer = createPathwayScorer(expressionGenes, geneSets, { minimumGenes: minimumSetGenes });
  const { names, values } = scorer.scoreTable(takeGenes(cohort, expressionGenes));
  const scoreOf = (row: number, set: number) => values[row * names.length + set]!;
  return new Map(names.map((name, set) => [name, Float64Array.from(cohort.patientIds, (_, row) => scoreOf(row, set))]));
}
