import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";
import { exactBinomialInterval } from "@osteon/numerics";

type Alteration = "mutated" | "gained" | "lost";

/** How often one gene is altered in the patients trained on and in synthetic ones. */
export interface FrequencyComparison {
  readonly gene: string;
  readonly alteration: Alteration;
  /** Altered patients among those trained on whose state is known. */
  readonly altered: number;
  readonly known: number;
  readonly synthetic: number;
  /** 95 % interval of the training frequency at its own number of patients. */
  readonly lower: number;
  readonly upper: number;
  /** Whether the synthetic frequency lies within it. */
  readonly inside: boolean;
}

/** Every gene of the model: mutated, gained (1 or 2), lost (−1 or −2). Both cohorts have the same genes. */
export function compareFrequencies(training: Cohort, synthetic: Cohort): FrequencyComparison[] {
  return [
    ...compareTable("mutated", training.mutations, synthetic.mutations, UNKNOWN, (code) => code === 1),
    ...compareTable("gained", training.copyNumber, synthetic.copyNumber, COPY_NUMBER_UNKNOWN, (code) => code > 0),
    ...compareTable("lost", training.copyNumber, synthetic.copyNumber, COPY_NUMBER_UNKNOWN, (code) => code < 0),
  ];
}

interface CodeTable {
  readonly genes: readonly string[];
  readonly values: Int8Array;
}

function compareTable(
  alteration: Alteration,
  training: CodeTable,
  synthetic: CodeTable,
  unknown: number,
  isAltered: (code: number) => boolean,
): FrequencyComparison[] {
  return training.genes.map((gene, column) => {
    const real = countColumn(training, column, unknown, isAltered);
    const drawn = countColumn(synthetic, synthetic.genes.indexOf(gene), unknown, isAltered);
    const { lower, upper } = exactBinomialInterval(real.altered, real.known, 0.95);
    const frequency = drawn.altered / drawn.known;
    const inside = frequency >= lower && frequency <= upper;
    return { gene, alteration, ...real, synthetic: frequency, lower, upper, inside };
  });
}

function countColumn(
  { genes, values }: CodeTable,
  column: number,
  unknown: number,
  isAltered: (code: number) => boolean,
): { readonly altered: number; readonly known: number } {
  let altered = 0;
  let known = 0;
  for (let at = column; at < values.length; at += genes.length) {
    const code = values[at]!;
    if (code === unknown) continue;
    known++;
    if (isAltered(code)) altered++;
  }
  return { altered, known };
}
