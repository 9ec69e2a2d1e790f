import { createGeneNames } from "@osteon/cohort";
import { RandomStream, averageRanks, streamId } from "@osteon/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GeneSet } from "./gene-set.ts";
import { driverCopyNumberGenes, driverMutationGenes } from "../selection/driver-genes.ts";
import { osteosarcomaGeneSets } from "./osteosarcoma-gene-sets.ts";
import { createPathwayScorer } from "./pathway-scorer.ts";
import { createSampleRanker } from "./within-sample-ranks.ts";

const geneNames = (count: number) => Array.from({ length: count }, (_, i) => `G${i}`);
const geneSet = (name: string, ...indices: number[]): GeneSet => ({
  name,
  description: "",
  genes: indices.map((i) => `G${i}`),
});

function scoreOnce(values: readonly number[], sets: readonly GeneSet[], minimumGenes: number): number[] {
  const scorer = createPathwayScorer(geneNames(values.length), sets, { minimumGenes });
  const out = new Float32Array(scorer.names.length);
  scorer.score(Float32Array.from(values), out);
  return [...out];
}

describe("createSampleRanker", () => {
  it("gives the ranks of a comparison sort, with ties, signed zeros and unmeasured genes", () => {
    const value = fc.oneof(
      fc.float({ noDefaultInfinity: false }),
      fc.constantFrom(0, -0, 1, -1, Number.NaN, Infinity, -Infinity),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const ranker = createSampleRanker(values.length);
        const measured = ranker.rank(Float32Array.from(values));
        expect(measured).toBe(values.filter((x) => !Number.isNaN(x)).length);
        const expected = averageRanks(Float32Array.from(values)).map((rank) => (Number.isNaN(rank) ? 0 : rank));
        expect([...ranker.ranks]).toEqual([...expected]);
      }),
    );
  });
});

describe("createPathwayScorer", () => {
  it("has the values of the formula", () => {
    const ascending = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    // (mean rank − 1.5) / 8 − ½ for two of ten genes.
    expect(scoreOnce(ascending, [geneSet("top", 8, 9), geneSet("bottom", 0, 1), geneSet("both", 2, 7)], 2)).toEqual([
      0.5, -0.5, 0,
    ]);
    // Ranks 1.5, 1.5, 3, 4: (2.75 − 1.5) / 2 − ½.
    expect(scoreOnce([1, 1, 2, 3], [geneSet("tied", 0, 3)], 2)).toEqual([0.125]);
  });

  it("leaves genes out that a sample does not measure, from the set and from the background", () => {
    expect(scoreOnce([1, Number.NaN, 2, 3, Number.NaN], [geneSet("a", 0, 1, 3)], 2)).toEqual([
      scoreOnce([1, 2, 3], [geneSet("a", 0, 2)], 2)[0],
    ]);
    expect(scoreOnce([1, Number.NaN, 2, 3], [geneSet("a", 0, 1)], 2)).toEqual([Number.NaN]);
  });

  it("scores a constant sample 0", () => {
    expect(scoreOnce([3, 3, 3, 3, 3], [geneSet("a", 0, 1)], 2)).toEqual([0]);
  });

  it("lists the sets it cannot score", () => {
    const sets = [geneSet("small", 0, 1), geneSet("fine", 0, 1, 2), geneSet("whole", 0, 1, 2, 3), geneSet("absent", 9)];
    const scorer = createPathwayScorer(geneNames(4), sets, { minimumGenes: 3 });
    expect(scorer.names).toEqual(["fine"]);
    expect(scorer.unscored).toEqual([
      { name: "small", measuredGenes: 2 },
      { name: "whole", measuredGenes: 4 },
      { name: "absent", measuredGenes: 0 },
    ]);
  });

  it("does not depend on a monotone change of scale", () => {
    const sets = [geneSet("a", 0, 3, 4), geneSet("b", 1, 2, 5)];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 7, maxLength: 30 }), (values) => {
        const changed = values.map((value) => Math.exp(value / 4) * 3 - 7);
        expect(scoreOnce(changed, sets, 2)).toEqual(scoreOnce(values, sets, 2));
      }),
    );
  });

  it("does not depend on the order of the genes, and stays within ±½", () => {
    const random = new RandomStream(1, streamId("order"));
    const genes = geneNames(200);
    const row = Float32Array.from(genes, () => Math.round(random.nextNormal() * 4));
    const sets = [geneSet("a", 1, 5, 9, 20, 77), geneSet("b", 3, 100, 150, 151, 199, 7)];
    const order = random.permutation(200);
    const first = new Float32Array(2);
    const second = new Float32Array(2);
    createPathwayScorer(genes, sets).score(row, first);
    createPathwayScorer(
      Array.from(order, (i) => genes[i]!),
      sets,
    ).score(
      Float32Array.from(order, (i) => row[i]!),
      second,
    );
    expect([...second]).toEqual([...first]);
    for (const value of first) expect(Math.abs(value)).toBeLessThanOrEqual(0.5);
  });

  it("scores a table row by row", () => {
    const genes = geneNames(6);
    const scorer = createPathwayScorer(genes, [geneSet("a", 0, 1)], { minimumGenes: 2 });
    const values = Float32Array.from([1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1]);
    expect(scorer.scoreTable({ genes, unit: "log2(TPM+1)", values })).toEqual({
      names: ["a"],
      values: Float32Array.from([-0.5, 0.5]),
    });
  });

  it("refuses genes and sets that stand twice, a wrong minimum, wrong lengths and another gene order", () => {
    const sets = [geneSet("a", 0, 1)];
    const scorer = createPathwayScorer(geneNames(4), sets, { minimumGenes: 2 });
    expect(() => createPathwayScorer(["G0", "G0"], sets)).toThrow(/G0 stands twice/);
    expect(() => createPathwayScorer(geneNames(4), [...sets, ...sets])).toThrow(/gene set a is given twice/);
    expect(() => createPathwayScorer(geneNames(4), sets, { minimumGenes: 0 })).toThrow(/whole number from 1/);
    expect(() => scorer.score(new Float32Array(3), new Float32Array(1))).toThrow(/3 values was given where 4/);
    const swapped = ["G1", "G0", "G2", "G3"];
    expect(() => scorer.scoreTable({ genes: swapped, unit: "z-score", values: new Float32Array(4) })).toThrow(
      /Column 1/,
    );
  });
});

describe("osteosarcomaGeneSets", () => {
  it("and the drivers call genes as the reader of cohorts does", () => {
    const names = createGeneNames();
    const used = [
      ...driverMutationGenes,
      ...driverCopyNumberGenes,
      ...osteosarcomaGeneSets.flatMap(({ genes }) => genes),
    ];
    expect(used.filter((gene) => names.resolve(gene) !== gene)).toEqual([]);
  });

  it("holds at least 10 sets of at least 12 different symbols, each with a source", () => {
    expect(osteosarcomaGeneSets.length).toBeGreaterThanOrEqual(10);
    for (const { name, description, genes } of osteosarcomaGeneSets) {
      expect(genes.length, name).toBeGreaterThanOrEqual(12);
      expect(new Set(genes).size, name).toBe(genes.length);
      expect(description).toMatch(/\b(19|20)\d\d\b/);
      for (const gene of genes) expect(gene).toMatch(/^[A-Z][A-Z0-9-]+$/);
    }
    expect(new Set(osteosarcomaGeneSets.map(({ name }) => name)).size).toBe(osteosarcomaGeneSets.length);
  });
});
