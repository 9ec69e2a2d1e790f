import { logTpmContract, tpmContract, zScoreContract, type MatrixContract } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { OrientedGrid } from "./orient-grid.ts";

const million = 1e6;
/** 10⁶ transcripts per million are the most there can be. */
const largestLogTpm = Math.log2(million + 1);
/** No logarithm to base ten of transcripts per million is larger. */
const largestLog10Tpm = Math.log10(million + 1);
/** From so many genes on they are the transcriptome, whose TPM add up to a million. */
const transcriptomeGenes = 10_000;

export interface DetectedUnit {
  readonly contract: MatrixContract;
  /** Why, for a note. */
  readonly reason: string;
}

/**
 * Finds out the unit of expression from all values: their range, and what they add up to in a sample.
 *
 * @throws files.unit where the values fit several units, or none
 */
export async function detectUnit(oriented: OrientedGrid): Promise<DetectedUnit> {
  const survey = await surveyValues(oriented);
  const refuse = (reason: string) => osteonError("files.unit", { file: oriented.grid.name, reason });
  const { minimum, maximum, isWhole, genes } = survey;
  if (genes === 0 || minimum > maximum) throw refuse("no value is known");
  if (minimum < 0) {
    if (survey.meanSize < 0.1 && survey.spread > 0.8 && survey.spread < 1.25) {
      return { contract: zScoreContract, reason: "most genes have a mean of 0 and a standard deviation of 1" };
    }
    throw refuse("some values are negative, and genes do not have a mean of 0 and a standard deviation of 1");
  }
  if (isWhole) throw refuse("all values are whole numbers, as raw counts are, which are not read: export TPM");
  const [least, most] = survey.sums;
  if (maximum > largestLogTpm) {
    if (least > 0.98 * million && most < 1.02 * million) {
      return { contract: tpmContract, reason: "the values of each sample add up to a million" };
    }
    throw refuse("the values are too large for logarithms, and do not add up to a million a sample as TPM do");
  }
  const [leastLinear, mostLinear] = survey.linearSums;
  if (mostLinear > 1.02 * million)
    throw refuse("as log2(TPM+1) the values of a sample would add up to over a million TPM");
  if (genes >= transcriptomeGenes && leastLinear < 0.5 * million) {
    throw refuse("as log2(TPM+1) the values of a sample would add up to less than half a million TPM");
  }
  if (maximum <= largestLog10Tpm) throw refuse("the values are small enough for logarithms to base ten");
  return {
    contract: logTpmContract,
    reason: "values are between 0 and 20, and 2^x − 1 adds up to at most a million a sample",
  };
}

interface Survey {
  readonly genes: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly isWhole: boolean;
  /** Smallest and largest sum of a sample's values, and of their 2^x − 1. */
  readonly sums: readonly [number, number];
  readonly linearSums: readonly [number, number];
  /** Medians over genes of the mean's size and of the standard deviation. */
  readonly meanSize: number;
  readonly spread: number;
}

async function surveyValues({ grid, label, values, orientation }: OrientedGrid): Promise<Survey> {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  let isWhole = true;
  const columns = grid.columns.length;
  const byColumn = createTallies(columns);
  const byRow: Tallies[] = [];
  for await (const block of grid.blocks({ label, wanted: values })) {
    const rows = createTallies(block.labels.length);
    await block.visit((row, column, value) => {
      if (Number.isNaN(value)) return;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
      if (isWhole && !Number.isInteger(value)) isWhole = false;
      const linear = 2 ** value - 1;
      add(byColumn, column, value, linear);
      add(rows, row, value, linear);
    });
    byRow.push(rows);
  }
  const rowsTogether = byRow.flatMap((tallies) => describe(tallies, [...tallies.counts.keys()]));
  const columnsTogether = describe(byColumn, values);
  const genesInRows = orientation === "genes-in-rows";
  const genes = (genesInRows ? rowsTogether : columnsTogether).filter(({ count }) => count > 0);
  const samples = (genesInRows ? columnsTogether : rowsTogether).filter(({ count }) => count > 0);
  return {
    genes: genes.length,
    minimum,
    maximum,
    isWhole,
    sums: rangeOf(samples.map(({ sum }) => sum)),
    linearSums: rangeOf(samples.map(({ linear }) => linear)),
    meanSize: median(genes.map(({ sum, count }) => Math.abs(sum / count))),
    spread: median(
      genes.map(({ sum, squares, count }) => Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))),
    ),
  };
}

interface Tallies {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly linear: Float64Array;
}

function createTallies(length: number): Tallies {
  const column = () => new Float64Array(length);
  return { counts: column(), sums: column(), squares: column(), linear: column() };
}

function add(tallies: Tallies, at: number, value: number, linear: number): void {
  tallies.counts[at]! += 1;
  tallies.sums[at]! += value;
  tallies.squares[at]! += value * value;
  tallies.linear[at]! += linear;
}

function describe({ counts, sums, squares, linear }: Tallies, places: readonly number[]) {
  return places.map((at) => ({ count: counts[at]!, sum: sums[at]!, squares: squares[at]!, linear: linear[at]! }));
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
