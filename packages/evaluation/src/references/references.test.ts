import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { buildCohort } from "../testing/build-cohort.ts";
import { chooseRows, resampleRows } from "./choose-rows.ts";
import { drawIndependentMarginals } from "./draw-independent-marginals.ts";

const random = () => new RandomStream(5, 7);

describe("drawIndependentMarginals", () => {
  const train = buildCohort({
    count: 4,
    mutations: { A: [1, 0, 0, -1] },
    copyNumber: { B: [-2, -128, -128, -128] },
    expression: { C: [1, 2, 3, Number.NaN], D: [10, 20, 30, 40] },
    survival: { days: [100, 200, 300, Number.NaN], event: [1, 0, 1, 0] },
  });

  it("keeps marginals, the tie of time and event, and nothing unknown", () => {
    const drawn = drawIndependentMarginals(train, 6, random());
    const column = (j: number) =>
      Array.from(drawn.expression.values.filter((_, k) => k % 2 === j)).toSorted((a, b) => a - b);
    expect(column(0)).toEqual([1, 1, 2, 2, 3, 3]);
    expect([...drawn.mutations.values].filter((value) => value === 1)).toHaveLength(2);
    expect([...drawn.copyNumber.values]).toEqual([-2, -2, -2, -2, -2, -2]);
    drawn.clinical.survivalTimeDays.forEach((days, i) => expect(drawn.clinical.event[i]).toBe(days === 200 ? 0 : 1));
    expect([...drawn.clinical.metastasis]).toEqual([-1, -1, -1, -1, -1, -1]);
  });

  it("breaks correlations", () => {
    const values = Array.from({ length: 400 }, (_, i) => i);
    const tied = buildCohort({ count: 400, expression: { A: values, B: values } });
    const { values: drawn } = drawIndependentMarginals(tied, 400, random()).expression;
    let same = 0;
    for (let i = 0; i < 400; i++) if (drawn[2 * i] === drawn[2 * i + 1]) same++;
    expect(same).toBeLessThan(10);
  });
});

describe("rows", () => {
  it("are chosen without, resampled with repeats", () => {
    expect(new Set(chooseRows(20, 15, random())).size).toBe(15);
    expect(new Set(resampleRows(5, 50, random())).size).toBe(5);
  });
});
