import { describe, expect, it } from "vitest";
import { orderColumns, orderRows, standardiseRows } from "./heat-map-order.ts";
import { readExpression } from "./read-expression.ts";

describe("a heat map", () => {
  it("shows each gene in its own deviations, and nothing where it does not vary", () => {
    const scaled = standardiseRows(Float32Array.of(1, 2, 3, 7, 7, 7, 1, Number.NaN, 3), 3);
    expect([...scaled.subarray(0, 3)]).toEqual([-1, 0, 1]);
    expect([...scaled.subarray(3, 6)]).toEqual([0, 0, 0]);
    expect(scaled[7]).toBe(0);
    expect(scaled[8]).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it("puts like genes side by side", () => {
    const [up, down] = [
      [1, 2, 3, 4],
      [4, 3, 2, 1],
    ] as const;
    const rows = standardiseRows(Float32Array.from([...up, ...down, ...up, ...down]), 4);
    const order = orderRows(rows, 4);
    expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    expect(Math.abs(order.indexOf(0) - order.indexOf(2))).toBe(1);
    expect(Math.abs(order.indexOf(1) - order.indexOf(3))).toBe(1);
  });

  it("puts patients along what varies most", () => {
    const rows = standardiseRows(Float32Array.of(3, 1, 4, 2, 30, 10, 40, 20), 4);
    const order = orderColumns(rows, 4);
    expect([[1, 3, 0, 2].join(), [2, 0, 3, 1].join()]).toContain(order.join());
  });

  it("has nothing to order where there is nothing", () => {
    expect(orderRows(new Float32Array(0), 0)).toEqual([]);
    expect(orderColumns(new Float32Array(0), 0)).toEqual([]);
  });

  it("takes the genes that vary most", () => {
    const clinical = { survival_days: null, event_occurred: null, age_years: null, metastasis: null };
    const patients = [1, 2].map((k) => ({
      index: k,
      clinical,
      mutations: {},
      copy_number: {},
      pathways: {},
      expression: { STILL: 5, SOME: k, MUCH: 10 * k, UNKNOWN: null },
    }));
    const { genes, values } = readExpression(patients, 2);
    expect(genes).toEqual(["MUCH", "SOME"]);
    expect([...values]).toEqual([10, 20, 1, 2]);
  });
});
