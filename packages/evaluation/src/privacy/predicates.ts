import { mean, type RandomStream } from "@osteon/numerics";
import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import type { Attribute } from "./attributes.ts";

/** A condition on one attribute: its value lies within the limits. What is unknown fulfils none. */
interface Condition {
  readonly column: number;
  readonly lower: number;
  readonly upper: number;
}

/** What an attacker says of one person: all conditions together. */
export type Predicate = readonly Condition[];

const maximumConditions = 40;
const attemptsPerPredicate = 20;
/** Half the width of what counts as the same measurement, in deviations of the file. */
const tolerance = 0.5;

export interface PredicateOptions {
  /** Records of the file. */
  readonly records: number;
  /** Records of the file to one training patient, at least 1: what no more records fulfil may be one person. */
  readonly share: number;
  readonly count: number;
}

/** Columns of a cohort, read when first asked for. */
export class ColumnReader {
  readonly #attributes: readonly Attribute[];
  readonly #cohort: EvaluationCohort;
  readonly #columns = new Map<number, Float64Array>();

  constructor(attributes: readonly Attribute[], cohort: EvaluationCohort) {
    this.#attributes = attributes;
    this.#cohort = cohort;
  }

  read(column: number): Float64Array {
    const known = this.#columns.get(column);
    if (known !== undefined) return known;
    const values = this.#attributes[column]!.read(this.#cohort);
    this.#columns.set(column, values);
    return values;
  }

  /** Rows among `rows` that fulfil a condition. */
  filter(rows: readonly number[], { column, lower, upper }: Condition): readonly number[] {
    const values = this.read(column);
    return rows.filter((row) => values[row]! >= lower && values[row]! <= upper);
  }
}

/**
 * Predicates on one attribute that the file suggests to be true of one person: beyond its extremes, and
 * equal to a value that no more records carry than one training patient's share. Source: Giomi et al. 2023 (PoPETs).
 */
export function drawUnivariatePredicates(
  file: ColumnReader,
  columnsByTable: readonly (readonly number[])[],
  { share, count }: PredicateOptions,
  random: RandomStream,
): readonly Predicate[] {
  return drawDistinct(count, () => {
    const column = drawColumn(columnsByTable, random);
    const values = file.read(column).filter((value) => !Number.isNaN(value));
    if (values.length === 0) return null;
    const kind = random.nextInteger(4);
    if (kind === 0) return [{ column, lower: -Infinity, upper: values.reduce((a, b) => Math.min(a, b)) }];
    if (kind === 1) return [{ column, lower: values.reduce((a, b) => Math.max(a, b)), upper: Infinity }];
    const value = values[random.nextInteger(values.length)]!;
    const carriers = values.filter((other) => other === value).length;
    return carriers <= share ? [{ column, lower: value, upper: value }] : null;
  });
}

/**
 * Predicates on several attributes around one record of the file, a code being equal and a measurement
 * within half a deviation, that grow attribute by attribute until the file fulfils them no more often than
 * one training patient's share of it. Anonymeter asks for a measurement on one side of the record's;
 * limits on both sides find copies with noise too.
 */
export function drawMultivariatePredicates(
  file: ColumnReader,
  attributes: readonly Attribute[],
  columnsByTable: readonly (readonly number[])[],
  options: PredicateOptions,
  random: RandomStream,
): readonly Predicate[] {
  const deviations = new Map<number, number>();
  const toleranceOf = (column: number) => {
    if (attributes[column]!.categorical) return 0;
    const known = deviations.get(column) ?? tolerance * deviation(file.read(column));
    deviations.set(column, known);
    return known;
  };
  const everyRecord = Array.from({ length: options.records }, (_, record) => record);
  return drawDistinct(options.count, () => {
    const record = random.nextInteger(options.records);
    const predicate: Condition[] = [];
    let matching: readonly number[] = everyRecord;
    for (let k = 0; k < maximumConditions && matching.length > options.share; k++) {
      const column = drawColumn(columnsByTable, random);
      const value = file.read(column)[record]!;
      if (Number.isNaN(value) || predicate.some((condition) => condition.column === column)) continue;
      const half = toleranceOf(column);
      const condition = { column, lower: value - half, upper: value + half };
      predicate.push(condition);
      matching = file.filter(matching, condition);
    }
    return matching.length <= options.share ? predicate : null;
  });
}

/** Different predicates, fewer than asked for where the file does not suggest so many. */
function drawDistinct(count: number, draw: () => Predicate | null): readonly Predicate[] {
  const drawn = new Map<string, Predicate>();
  for (let attempt = 0; attempt < attemptsPerPredicate * count && drawn.size < count; attempt++) {
    const predicate = draw();
    if (predicate === null) continue;
    drawn.set(predicate.map(({ column, lower, upper }) => `${column}:${lower}:${upper}`).join(), predicate);
  }
  return [...drawn.values()];
}

/** A table by chance first: one of six clinical fields as likely as one of thousands of genes together. */
function drawColumn(columnsByTable: readonly (readonly number[])[], random: RandomStream): number {
  const columns = columnsByTable[random.nextInteger(columnsByTable.length)]!;
  return columns[random.nextInteger(columns.length)]!;
}

function deviation(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const centre = mean(known);
  return Math.sqrt(mean(known.map((value) => (value - centre) ** 2)));
}
