import type { SyntheticPatient } from "@osteon/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copyNumberOf, isMutated, readAlterations } from "./alterations.ts";
import { readTracks } from "./clinical-tracks.ts";
import { memoSort } from "./memo-sort.ts";
import { geneTop, oncoprintHeight, oncoprintRows } from "./paint-oncoprint.ts";
import { visibleColumns } from "./visible-columns.ts";

function patient(
  mutations: SyntheticPatient["mutations"],
  copy_number: SyntheticPatient["copy_number"] = {},
): SyntheticPatient {
  const clinical = { survival_days: 400.4, event_occurred: 1, age_years: 20, metastasis: 0 } as const;
  return { index: 0, clinical, mutations, copy_number, expression: {}, pathways: {} };
}

describe("alterations of an oncoprint", () => {
  it("tell every kind apart, mutation beside copy number", () => {
    const copies = [-2, -1, 0, 1, 2, null];
    const patients = copies.map((copy) => patient({ TP53: 1 }, { TP53: copy }));
    const { cells } = readAlterations(patients, 10);
    expect([...cells].map(copyNumberOf)).toEqual(["deep-loss", "loss", "unaltered", "gain", "amplified", "unaltered"]);
    expect([...cells].every(isMutated)).toBe(true);
    const unknown = readAlterations([patient({ A: null, B: 1 }, { A: null }), patient({ A: 1, B: 0 })], 10);
    expect(copyNumberOf(unknown.cells[unknown.genes.indexOf("A") * 2]!)).toBe("unknown");
  });

  it("count mutations, amplifications and deep losses, the most frequent gene first, and leave out what nobody has", () => {
    const patients = [
      patient({ A: 0, B: 1, C: 0 }, { A: 2, D: 1 }),
      patient({ A: 0, B: 1, C: 0 }, { A: -1, D: 1 }),
      patient({ A: 1, B: 1, C: 0 }, { A: -2, D: -1 }),
      patient({ A: 0, B: 0, C: 0 }, { A: 0, D: 0 }),
    ];
    const { genes, shares } = readAlterations(patients, 10);
    expect(genes).toEqual(["B", "A"]);
    expect(shares).toEqual([0.75, 0.5]);
    expect(readAlterations(patients, 1).genes).toEqual(["B"]);
    expect(readAlterations([], 5)).toMatchObject({ genes: [], shares: [], patients: 0 });
  });
});

describe("the order of an oncoprint's columns", () => {
  it("has those with the first gene first, of those with the second", () => {
    const patients = [
      patient({ A: 0, B: 1 }),
      patient({ A: 1, B: 0 }),
      patient({ A: 1, B: 1 }),
      patient({ A: 1, B: 0 }),
    ];
    expect([...memoSort(readAlterations(patients, 5))]).toEqual([2, 1, 3, 0]);
  });

  it("has every patient once, whatever they have", () => {
    const code = fc.constantFrom<0 | 1 | null>(0, 1, null);
    fc.assert(
      fc.property(fc.array(fc.record({ A: code, B: code, C: code }), { maxLength: 30 }), (mutations) => {
        const order = memoSort(
          readAlterations(
            mutations.map((genes) => patient(genes)),
            5,
          ),
        );
        expect([...order].toSorted((a, b) => a - b)).toEqual(mutations.map((_, k) => k));
      }),
    );
  });
});

describe("columns in sight", () => {
  it("are those that the window shows, cut ones included", () => {
    expect(visibleColumns(0, 100, 10, 1000)).toEqual({ first: 0, end: 10 });
    expect(visibleColumns(15, 100, 10, 1000)).toEqual({ first: 1, end: 12 });
    expect(visibleColumns(9_950, 100, 10, 1000)).toEqual({ first: 995, end: 1000 });
    expect(visibleColumns(99_999, 100, 10, 1000)).toEqual({ first: 1000, end: 1000 });
    expect(visibleColumns(-5, 100, 10, 3)).toEqual({ first: 0, end: 3 });
  });

  it("cover the window wherever it is, and no more than one column beyond", () => {
    const width = fc.double({ min: 0.3, max: 20, noNaN: true });
    fc.assert(
      fc.property(
        width,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 2000 }),
        (column, at, count) => {
          const scrollLeft = at * column * count;
          const { first, end } = visibleColumns(scrollLeft, 300, column, count);
          expect(first * column).toBeLessThanOrEqual(scrollLeft + 1e-6);
          expect(end === count || end * column >= scrollLeft + 300 - 1e-6).toBe(true);
          expect(end - first).toBeLessThanOrEqual(300 / column + 2);
        },
      ),
    );
  });
});

it("stacks tracks above genes without a gap too many", () => {
  expect(geneTop(3, 0)).toBe(3 * (oncoprintRows.track + oncoprintRows.trackGap) + oncoprintRows.afterTracks);
  expect(oncoprintHeight(50, 3) - geneTop(3, 49)).toBe(oncoprintRows.gene + oncoprintRows.geneGap);
});

it("reads clinical tracks as shares, unknown as none", () => {
  const clinical = { survival_days: null, event_occurred: null, age_years: 80, metastasis: null };
  const [died, metastasis, age] = readTracks([patient({}), { ...patient({}), clinical }]);
  expect([...died!.values]).toEqual([1, Number.NaN]);
  expect([...metastasis!.values]).toEqual([0, Number.NaN]);
  expect([...age!.values]).toEqual([0.5, 1]);
  expect(died!.describe(patient({}))).toBe("died at 400 days");
});
