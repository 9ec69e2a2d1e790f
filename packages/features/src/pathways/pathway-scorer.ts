import type { ExpressionTable } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { GeneSet } from "./gene-set.ts";
import type { PathwayTable } from "./pathway-table.ts";
import { createSampleRanker } from "./within-sample-ranks.ts";

/** A set that is not scored, and how many of its genes the matrix has. */
export interface UnscoredSet {
  readonly name: string;
  readonly measuredGenes: number;
}

/** Scores samples over a fixed list of genes; see {@link createPathwayScorer}. */
export interface PathwayScorer {
  /** Names of the scored sets, in the order given. */
  readonly names: readonly string[];
  readonly unscored: readonly UnscoredSet[];
  /**
   * Scores one sample. Allocates nothing; must not be entered twice at once.
   *
   * @param expressionRow one value a gene, NaN where not measured
   * @param out one place a name; NaN where the sample measures fewer genes of the set than the minimum
   */
  score(expressionRow: Float32Array, out: Float32Array): void;
  /** Scores each row. The table's genes must be those of the scorer, in the same order. */
  scoreTable(expression: ExpressionTable): PathwayTable;
}

/**
 * Single-sample pathway scores by singscore for sets of one known direction: with N measured genes, n of
 * them in the set and r̄ the mean within-sample rank of those (1 lowest, ties averaged),
 * (r̄ − (n + 1)/2) / (N − n) − ½, from −½ (all at the bottom) to ½ (all at the top).
 * Source: Foroutan et al. 2018, BMC Bioinformatics 19:404 (simpleScore, centred).
 *
 * A score depends on its own sample only, and not on any monotone change of the sample's scale.
 *
 * @param genes columns of the rows to be scored
 * @param options.minimumGenes sets with fewer measured genes are not scored; default 5
 * @throws features.option, features.duplicate-gene, features.duplicate-gene-set
 */
export function createPathwayScorer(
  genes: readonly string[],
  sets: readonly GeneSet[],
  options: { readonly minimumGenes?: number } = {},
): PathwayScorer {
  const minimumGenes = options.minimumGenes ?? 5;
  if (!Number.isInteger(minimumGenes) || minimumGenes < 1) {
    throw osteonError("features.option", {
      option: "minimumGenes",
      actual: minimumGenes,
      allowed: "a whole number from 1 on",
    });
  }
  const { names, unscored, members, ends } = indexSets(genes, sets, minimumGenes);
  const ranker = createSampleRanker(genes.length);
  const { ranks } = ranker;

  function score(expressionRow: Float32Array, out: Float32Array): void {
    requireLength("expression", expressionRow.length, genes.length);
    requireLength("pathway", out.length, names.length);
    const measured = ranker.rank(expressionRow);
    let member = 0;
    for (let set = 0; set < out.length; set++) {
      const end = ends[set]!;
      let sum = 0;
      let count = 0;
      for (; member < end; member++) {
        const rank = ranks[members[member]!]!;
        sum += rank;
        if (rank > 0) count++;
      }
      out[set] =
        count < minimumGenes || count >= measured
          ? Number.NaN
          : (sum / count - (count + 1) / 2) / (measured - count) - 0.5;
    }
  }

  function scoreTable(expression: ExpressionTable): PathwayTable {
    requireSameGenes(expression.genes, genes);
    const rows = genes.length === 0 ? 0 : expression.values.length / genes.length;
    const values = new Float32Array(rows * names.length);
    for (let i = 0; i < rows; i++) {
      score(
        expression.values.subarray(i * genes.length, (i + 1) * genes.length),
        values.subarray(i * names.length, (i + 1) * names.length),
      );
    }
    return { names, values };
  }

  return { names, unscored, score, scoreTable };
}

function indexSets(genes: readonly string[], sets: readonly GeneSet[], minimumGenes: number) {
  const columnOf = new Map<string, number>();
  genes.forEach((gene, j) => {
    if (columnOf.has(gene)) throw osteonError("features.duplicate-gene", { gene });
    columnOf.set(gene, j);
  });
  const names: string[] = [];
  const unscored: UnscoredSet[] = [];
  const columns: number[] = [];
  const ends: number[] = [];
  const seen = new Set<string>();
  for (const set of sets) {
    if (seen.has(set.name)) throw osteonError("features.duplicate-gene-set", { name: set.name });
    seen.add(set.name);
    const found = [...new Set(set.genes)].flatMap((gene) => columnOf.get(gene) ?? []).toSorted((a, b) => a - b);
    // A set of every gene has the same mean rank in each sample: there is nothing to score.
    if (found.length < minimumGenes || found.length >= genes.length) {
      unscored.push({ name: set.name, measuredGenes: found.length });
      continue;
    }
    names.push(set.name);
    columns.push(...found);
    ends.push(columns.length);
  }
  return { names, unscored, members: Uint32Array.from(columns), ends: Uint32Array.from(ends) };
}

function requireSameGenes(actual: readonly string[], expected: readonly string[]): void {
  if (actual === expected) return;
  requireLength("expression", actual.length, expected.length);
  const column = actual.findIndex((gene, j) => gene !== expected[j]);
  if (column >= 0) throw osteonError("features.gene-order", { column: column + 1, expected: expected[column]! });
}

function requireLength(part: string, actual: number, expected: number): void {
  if (actual !== expected) throw osteonError("features.row-length", { part, actual, expected });
}
