import { describe, expect, it } from "vitest";
import { drawMixture, mixRows } from "./mixup.ts";

const steps = Array.from({ length: 200 }, (_, step) => step);

describe("drawMixture", () => {
  it("depends on seed and step only", () => {
    expect(drawMixture(1, 5, 8, 0.4)).toEqual(drawMixture(1, 5, 8, 0.4));
    expect(drawMixture(1, 6, 8, 0.4)).not.toEqual(drawMixture(1, 5, 8, 0.4));
    expect(drawMixture(2, 5, 8, 0.4)).not.toEqual(drawMixture(1, 5, 8, 0.4));
  });

  // The larger of Beta(a, a) and its complement has mean ½ + E|B − ½|: 0.75 for the uniform, 0.6875 for Beta(2, 2),
  // ½ + 1/π for the arcsine law Beta(½, ½).
  it.each([
    [1, 0.75],
    [2, 0.6875],
    [0.5, 0.5 + 1 / Math.PI],
  ])("draws shares of strength %d with mean %d", (strength, expected) => {
    const shares = steps.flatMap((step) => [...drawMixture(3, step, 64, strength).shares]);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    const mean = shares.reduce((total, share) => total + share, 0) / shares.length;
    expect(Math.abs(mean - expected)).toBeLessThan(0.006);
  });

  it("mixes nothing at strength 0", () => {
    expect([...drawMixture(1, 0, 16, 0).shares]).toEqual(Array.from({ length: 16 }, () => 1));
  });
});

describe("mixRows", () => {
  it("adds rows by their shares", () => {
    const out = new Float32Array(4);
    mixRows(
      Float32Array.of(1, 2, 10, 20),
      2,
      { partners: Uint32Array.of(1, 1), shares: Float32Array.of(0.75, 0.5) },
      out,
    );
    expect(out).toEqual(Float32Array.of(3.25, 6.5, 10, 20));
  });
});
