import { describe, expect, it } from "vitest";
import { normalCdf, normalQuantile } from "../normal-distribution.ts";
import { philox4x32 } from "../philox.ts";
import { RandomStream } from "../random-stream.ts";
import { Kernels } from "./instance.ts";

function randomSingles(length: number, index: number): Float32Array {
  const random = new RandomStream(21, 22, index);
  return Float32Array.from({ length }, () => random.nextNormal());
}

describe("Kernels", () => {
  it("reserves zeroed areas that do not overlap, each at a multiple of 64", () => {
    const kernels = new Kernels();
    const first = kernels.reserve(100);
    const second = kernels.reserve(1_000_000);
    const third = kernels.reserve(8);
    expect([first % 64, second % 64, third % 64]).toEqual([0, 0, 0]);
    kernels.singles(first, 25).fill(1);
    kernels.singles(second, 250_000).fill(2);
    expect(kernels.doubles(third, 1)[0]).toBe(0);
    expect(kernels.singles(first, 25).every((value) => value === 1)).toBe(true);
  });
});

describe("fillNormals", () => {
  const fill = (count: number, index: number, stream: number, seed: number) => {
    const kernels = new Kernels();
    const pointer = kernels.reserve(count * 4);
    const high = (value: number) => Math.floor(value / 2 ** 32);
    kernels.functions.fillNormals(pointer, count, index >>> 0, high(index), stream, seed >>> 0, high(seed));
    return kernels.singles(pointer, count).slice();
  };

  it.each([
    [0, 0, 0],
    [5, 0xdeadbeef, 123],
    [2 ** 40 + 17, 0xffffffff, 2 ** 52 + 3],
  ])(
    "equals Philox and the quantile at the documented positions (index %d, stream %d, seed %d)",
    (index, stream, seed) => {
      const values = fill(96, index, stream, seed);
      for (let group = 0; group < 6; group++) {
        for (let lane = 0; lane < 4; lane++) {
          const words = Uint32Array.of(group * 4 + lane, index >>> 0, Math.floor(index / 2 ** 32), stream);
          philox4x32(words, seed >>> 0, Math.floor(seed / 2 ** 32));
          for (let word = 0; word < 4; word++) {
            const expected = normalQuantile((words[word]! + 0.5) / 2 ** 32);
            const actual = values[group * 16 + 4 * word + lane]!;
            // Acklam's 1.2e-9 and the rounding to a single.
            expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1.3e-7 * Math.max(0.01, Math.abs(expected)));
          }
        }
      }
    },
  );

  it("draws a standard normal distribution", () => {
    const values = fill(64_000, 1, 2, 3).sort();
    let largest = 0;
    let square = 0;
    values.forEach((value, i) => {
      square += value * value;
      largest = Math.max(largest, Math.abs(normalCdf(value) - (i + 0.5) / values.length));
    });
    expect(largest).toBeLessThan(2.23 / Math.sqrt(values.length));
    expect(Math.abs(square / values.length - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
  });

  it("begins the same however many are asked for", () => {
    expect(fill(160, 4, 5, 6).slice(0, 16)).toEqual(fill(16, 4, 5, 6));
  });
});

describe("rowProductF32", () => {
  it.each([
    [1, 16],
    [7, 48],
    [90, 160],
  ])("of %d rows and %d columns equals single-precision sums in order, to the bit", (inner, columns) => {
    const kernels = new Kernels();
    const x = kernels.reserve(inner * 4);
    const b = kernels.reserve(inner * columns * 4);
    const y = kernels.reserve(columns * 4);
    const vector = randomSingles(inner, 1);
    const matrix = randomSingles(inner * columns, 2);
    kernels.singles(x, inner).set(vector);
    kernels.singles(b, inner * columns).set(matrix);
    kernels.functions.rowProductF32(x, b, y, inner, columns);
    const expected = new Float32Array(columns);
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum = Math.fround(sum + Math.fround(vector[k]! * matrix[k * columns + j]!));
      }
      expected[j] = sum;
    }
    expect(kernels.singles(y, columns)).toEqual(expected);
  });
});

describe("applyQuantileTables", () => {
  const knots = 5;
  const first = -2;
  const step = 1;
  // Values at −2 … 2, lower slope, upper slope, floor.
  const tables = [
    [0, 1, 3, 3, 10, 0.5, 2, -100],
    [-4, -2, 0, 2, 4, 2, 2, 0],
    [1, 1, 1, 1, 1, 0, 0, 1],
  ];
  const apply = (latents: readonly number[], noise: number, scale: number) => {
    const kernels = new Kernels();
    const variables = tables.length;
    const [latent, normals, scales, table, out] = [
      variables,
      variables,
      variables,
      variables * (knots + 3),
      variables,
    ].map((length) => kernels.reserve(length * 4)) as [number, number, number, number, number];
    kernels.singles(latent, variables).set(latents);
    kernels.singles(normals, variables).fill(noise);
    kernels.singles(scales, variables).fill(scale);
    kernels.singles(table, variables * (knots + 3)).set(tables.flat());
    kernels.functions.applyQuantileTables(latent, normals, scales, table, out, variables, knots, first, step);
    return [...kernels.singles(out, variables)];
  };

  it("is linear between knots, follows the outer slopes, and stops at the floor", () => {
    expect(apply([-4, -3, -3], 0, 1)).toEqual([-1, 0, 1]);
    expect(apply([-2, -2, -2], 0, 1)).toEqual([0, 0, 1]);
    expect(apply([-0.5, 0.5, 0.5], 0, 1)).toEqual([2, 1, 1]);
    expect(apply([0.5, 1.25, 1.25], 0, 1)).toEqual([3, 2.5, 1]);
    expect(apply([2, 2, 2], 0, 1)).toEqual([10, 4, 1]);
    expect(apply([4, 3, 9], 0, 1)).toEqual([14, 6, 1]);
  });

  it("adds the scaled noise first", () => {
    expect(apply([1, 1, 1], 2, 0.5)).toEqual([10, 4, 1]);
  });
});

describe("sumOfSquares", () => {
  it("sums in doubles", () => {
    const kernels = new Kernels();
    const pointer = kernels.reserve(64 * 4);
    const values = kernels.singles(pointer, 64);
    values.set(randomSingles(64, 5));
    values[7] = 1e4;
    const expected = values.reduce((total, value) => total + value * value, 0);
    expect(Math.abs(kernels.functions.sumOfSquares(pointer, 64) / expected - 1)).toBeLessThan(1e-14);
    expect(kernels.functions.sumOfSquares(pointer, 0)).toBe(0);
  });
});

describe("stepAdamW", () => {
  it("does what its formula says", () => {
    const kernels = new Kernels();
    const pointers = Array.from({ length: 5 }, () => kernels.reserve(8 * 4)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const [w, g, m, v, a] = pointers.map((pointer, k) => {
      const view = kernels.singles(pointer, 8);
      view.set(randomSingles(8, 10 + k).map((value) => (k === 3 ? value * value : value)));
      return view;
    }) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
    const before = [w, g, m, v, a].map((view) => view.slice());
    kernels.functions.stepAdamW(...pointers, 8, 0.5, 0.8, 0.9, 0.99, 0.1, 1.5, 1e-3, 0.25);
    for (let i = 0; i < 8; i++) {
      const [w0, g0, m0, v0, a0] = before.map((view) => view[i]!) as [number, number, number, number, number];
      const first = 0.8 * m0 + 0.2 * (0.5 * g0);
      const second = 0.9 * v0 + 0.1 * (0.5 * g0) ** 2;
      const next = 0.99 * w0 - (0.1 * first) / (1.5 * Math.sqrt(second) + 1e-3);
      const expected = [next, g0, first, second, a0 + 0.25 * (next - a0)];
      [w, g, m, v, a].forEach((view, k) => expect(Math.abs(view[i]! - expected[k]!)).toBeLessThan(2e-6));
    }
  });
});
