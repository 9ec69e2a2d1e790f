import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pearsonCorrelation } from "./correlation.ts";
import { normalCdf } from "./normal-distribution.ts";
import { philox4x32 } from "./philox.ts";
import { RandomStream, streamId } from "./random-stream.ts";

const address = fc.record({
  seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  stream: fc.integer({ min: 0, max: 0xffffffff }),
  index: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
});

function take(count: number, draw: () => number): number[] {
  return Array.from({ length: count }, draw);
}

describe("RandomStream", () => {
  it("yields the Philox words of (block, index, stream) under the seed", () => {
    fc.assert(
      fc.property(address, ({ seed, stream, index }) => {
        const random = new RandomStream(seed, stream, index);
        const words = take(8, () => random.nextUint32());
        for (const block of [0, 1]) {
          const counter = Uint32Array.of(block, index >>> 0, Math.floor(index / 2 ** 32), stream);
          philox4x32(counter, seed >>> 0, Math.floor(seed / 2 ** 32));
          expect(words.slice(block * 4, block * 4 + 4)).toEqual([...counter]);
        }
      }),
    );
  });

  it("depends on its address alone, not on what was drawn elsewhere", () => {
    const first = new RandomStream(7, 1, 0);
    const other = new RandomStream(7, 1, 1);
    const mixed = take(50, () => {
      other.nextUniform();
      return first.nextUniform();
    });
    const alone = new RandomStream(7, 1, 0);
    expect(mixed).toEqual(take(50, () => alone.nextUniform()));
  });

  it("tells seeds, streams and indices apart, also beyond 32 bits", () => {
    const starts = [
      [0, 0, 0],
      [1, 0, 0],
      [2 ** 32, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 2 ** 32],
    ].map(([seed, stream, index]) => new RandomStream(seed!, stream!, index!).nextUint32());
    expect(new Set(starts).size).toBe(starts.length);
  });

  it("draws uniforms within the open interval, with the moments of one", () => {
    const random = new RandomStream(11, 2);
    const values = take(50_000, () => random.nextUniform());
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    // Five standard errors: 0.2887 / √50,000 and 0.2981 / √50,000.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.0065);
    expect(Math.abs(square - 1 / 3)).toBeLessThan(0.0067);
  });

  it("never reaches 0 or 1, whatever the two words", () => {
    class FixedWords extends RandomStream {
      readonly #word: number;
      constructor(word: number) {
        super(0, 0);
        this.#word = word;
      }
      override nextUint32(): number {
        return this.#word;
      }
    }
    expect(new FixedWords(0).nextUniform()).toBe(2 ** -53);
    expect(new FixedWords(0xffffffff).nextUniform()).toBe(1 - 2 ** -53);
    expect(Number.isFinite(new FixedWords(0xffffffff).nextNormal())).toBe(true);
    for (const bound of [1, 2, 3, 7, 1000, 2 ** 31]) {
      expect(new FixedWords(0xffffffff).nextInteger(bound)).toBe(bound - 1);
    }
  });

  it("draws normals whose distribution is normal", () => {
    const random = new RandomStream(5, streamId("normals"));
    const values = take(20_000, () => random.nextNormal()).sort((a, b) => a - b);
    let largest = 0;
    values.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(normalCdf(value) - (i + 0.5) / values.length));
    });
    // Kolmogorov's 99.99 % bound: 2.23 / √n.
    expect(largest).toBeLessThan(2.23 / Math.sqrt(values.length));
  });

  it("has streams that are uncorrelated", () => {
    const one = new RandomStream(9, streamId("one"), 3);
    const two = new RandomStream(9, streamId("two"), 3);
    const correlation = pearsonCorrelation(
      take(20_000, () => one.nextNormal()),
      take(20_000, () => two.nextNormal()),
    )!;
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(20_000));
  });

  it("permutes: every number once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 1000 }), (length, seed) => {
        const order = new RandomStream(seed, 1).permutation(length);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });

  it("puts every number in every place equally often", () => {
    const counts = new Float64Array(16);
    for (let i = 0; i < 8000; i++) {
      new RandomStream(1, 1, i).permutation(4).forEach((value, place) => counts[place * 4 + value]!++);
    }
    // 2,000 expected, deviation 39.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * 39);
  });
});

describe("streamId", () => {
  it("is the 32-bit FNV-1a hash", () => {
    expect(streamId("")).toBe(0x811c9dc5);
    expect(streamId("a")).toBe(0xe40c292c);
    expect(streamId("foobar")).toBe(0xbf9cf968);
  });
});
