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

/** Reads the variables of a reference from a cohort, and says what cannot be read from it. */
export function readColumns(frame: ReferenceFrame, cohort: Cohort): { readonly read: ReadColumn; notes: string[] } {
  const rows = [...cohort.patientIds.keys()];
  const { notes, isSameUnit, isWhole } = compareExpression(frame, cohort);
  const pathways = isWhole ? scorePathways(frame, cohort) : new Map<string, Float64Array>();
  const summaries = isWhole ? summariseExpression(frame.geneScales, cohort) : new Map<string, Float64Array>();
  const read: ReadColumn = ({ table, key }) => {
    switch (table) {
      case "clinical":
        return readClinical(cohort, key);
      case "completeness":
        return Float64Array.from(rows, (row) => (isRecorded(cohort, key, row) ? 1 : 0));
      case "mutations":
        return readMutation(cohort, key);
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
  return { read, notes };
}

function compareExpression({ expressionUnit, expressionGenes }: ReferenceFrame, { expression, patientIds }: Cohort) {
  const notes: string[] = [];
  if (expressionUnit === null || patientIds.length === 0) return { notes, isSameUnit: false, isWhole: false };
  if (expression.genes.length === 0) {
    notes.push("These patients have no expression: neither it nor pathways are compared.");
    return { notes, isSameUnit: false, isWhole: false };
  }
  if (expression.unit !== expressionUnit) {
    notes.push(
      `Expression is in ${expression.unit}, and the reference's in ${expressionUnit}: neither it nor pathways are compared.`,
    );
    return { notes, isSameUnit: false, isWhole: false };
  }
  const listed = new Set(expression.genes);
  const missing = expressionGenes.filter((gene) => !listed.has(gene)).length;
  const isWhole = missing <= (1 - leastMeasured) * expressionGenes.length;
  if (missing > 0) {
    notes.push(
      `Of the reference's ${expressionGenes.length} genes with expression, ${missing} are not measured: ` +
        (isWhole
          ? "they are not compared."
          : "neither they nor pathways are compared, since a score would be another."),
    );
  }
  return { notes, isSameUnit: true, isWhole };
}

function readClinical({ clinical }: Cohort, key: string): Float64Array | undefined {
  switch (key) {
    case "age":
      return clinical.ageYears;
    case "necrosis":
      return clinical.necrosisPercent;
    case "metastasis":
      return Float64Array.from(clinical.metastasis, (code) => (code === UNKNOWN ? Number.NaN : code));
    case "male":
      return Float64Array.from(clinical.male, (code) => (code === UNKNOWN ? Number.NaN : code));
    default:
      return undefined;
  }
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
