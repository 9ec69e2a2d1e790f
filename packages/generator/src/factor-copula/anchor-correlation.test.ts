import { choleskyFactor, normalQuantile, RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { fitAnchorCorrelation } from "./anchor-correlation.ts";
import type { LatentBounds } from "./latent-bounds.ts";

const truth = Float64Array.of(1, -0.5, 0.3, 0.4, -0.5, 1, 0.2, 0, 0.3, 0.2, 1, 0.6, 0.4, 0, 0.6, 1);

/**
 * Four latents seen as: a time, censored for half of the patients; a 0/1 code; a point, unknown for a third;
 * a five-level code.
 */
function observe(patients: number): LatentBounds & { readonly latents: Float64Array } {
  const factor = choleskyFactor(truth, 4)!;
  const random = new RandomStream(8, 8);
  const latents = new Float64Array(patients * 4);
  const lower = new Float64Array(patients * 4);
  const upper = new Float64Array(patients * 4);
  const cuts = [0.05, 0.25, 0.75, 0.95].map(normalQuantile);
  for (let i = 0; i < patients; i++) {
    const noise = Array.from({ length: 4 }, () => random.nextNormal());
    const z = [0, 1, 2, 3].map((a) => noise.reduce((sum, e, b) => sum + (b <= a ? factor[a * 4 + b]! * e : 0), 0));
    const censoredAt = random.nextNormal() - 0.2;
    const level = cuts.filter((cut) => z[3]! > cut).length;
    const seen = [
      z[0]! > censoredAt ? [censoredAt, Infinity] : [z[0]!, z[0]!],
      z[1]! > 0.7 ? [0.7, Infinity] : [-Infinity, 0.7],
      random.nextUniform() < 1 / 3 ? [-Infinity, Infinity] : [z[2]!, z[2]!],
      [cuts[level - 1] ?? -Infinity, cuts[level] ?? Infinity],
    ] as const;
    seen.forEach(([from, to], a) => {
      latents[i * 4 + a] = z[a]!;
      lower[i * 4 + a] = from!;
      upper[i * 4 + a] = to!;
    });
  }
  return { patients, anchors: 4, lower, upper, latents };
}

describe("fitAnchorCorrelation", () => {
  const seen = observe(2500);
  const options = { seed: 3, clinicalCount: 2, clinicalShrinkage: 0.01, genomicShrinkage: 0.01 };
  const fit = fitAnchorCorrelation(seen, options);

  it("recovers the correlations of latents that are seen as points, intervals and not at all", () => {
    truth.forEach((value, k) => {
      // A correlation of a code with a censored time has a standard error of about 0.025 here.
      expect(Math.abs(fit.correlation[k]! - value), `element ${k}`).toBeLessThan(0.09);
    });
    for (let a = 0; a < 4; a++) expect(fit.correlation[a * 5]).toBe(1);
    expect(choleskyFactor(fit.correlation, 4)).not.toBeNull();
  });

  it("expects of each latent what its own and the others' data say", () => {
    let [unknownError, unknownSquare, count] = [0, 0, 0];
    for (let k = 0; k < fit.expected.length; k++) {
      const [from, to] = [seen.lower[k]!, seen.upper[k]!];
      if (from === to) expect(fit.expected[k]).toBeCloseTo(from, 9);
      expect(fit.expected[k]!).toBeGreaterThanOrEqual(from - 1e-9);
      expect(fit.expected[k]!).toBeLessThanOrEqual(to + 1e-9);
      if (from === -Infinity && to === Infinity) {
        unknownError += (seen.latents[k]! - fit.expected[k]!) ** 2;
        unknownSquare += seen.latents[k]! ** 2;
        count++;
      }
    }
    // The other three explain some 42 % of the third; their codes and censoring leave less.
    expect(unknownError / count).toBeLessThan(0.8 * (unknownSquare / count));
  });

  it("sums second moments that agree with unit variances", () => {
    for (let a = 0; a < 4; a++) expect(fit.secondMoment[a * 5]! / 2500).toBeCloseTo(1, 1);
  });

  it("shrinks pairs with a gene by their own weight", () => {
    const small = observe(300);
    const base = fitAnchorCorrelation(small, options).correlation;
    const shrunk = fitAnchorCorrelation(small, { ...options, genomicShrinkage: 300 }).correlation;
    // Between the first two, both clinical, nothing changes. The last pair is halved where both are seen, and
    // further where the third is not: what is imputed of it follows the shrunk correlation.
    expect(shrunk[1]).toBe(base[1]);
    expect(shrunk[11]! / base[11]!).toBeLessThan(0.5);
    expect(shrunk[11]! / base[11]!).toBeGreaterThan(0.25);
    expect(choleskyFactor(shrunk, 4)).not.toBeNull();
  });

  it("is the same for the same seed, and another for another", () => {
    const small = observe(60);
    expect(fitAnchorCorrelation(small, options)).toEqual(fitAnchorCorrelation(small, options));
    expect(fitAnchorCorrelation(small, { ...options, seed: 4 })).not.toEqual(fitAnchorCorrelation(small, options));
  });

  it("stops when asked to", () => {
    const signal = AbortSignal.abort(new Error("stop"));
    expect(() => fitAnchorCorrelation(seen, { ...options, signal })).toThrow("stop");
  });
});
