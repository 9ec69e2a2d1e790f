import fc from "fast-check";
import { choleskyFactor, RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { correlationOfMoment, type MomentReading } from "./private-correlation.ts";
import { loadingsOfCorrelation } from "./private-loadings.ts";

const patients = 1e6;
const reading = (change: Partial<MomentReading> & Pick<MomentReading, "scoreVariances">): MomentReading => ({
  knownShares: change.scoreVariances.map(() => 1),
  clinical: 2,
  anchors: 3,
  cisAnchors: [],
  patients,
  noiseDeviation: 0,
  ...change,
});

describe("correlationOfMoment", () => {
  it("undoes what codes and unknown values take from a correlation", () => {
    const truth = [1, -0.5, 0.2, 0.3, -0.5, 1, 0.1, 0.4, 0.2, 0.1, 1, 0.6, 0.3, 0.4, 0.6, 1];
    // A code, a clinical variable unknown in a third, a rare mutation, a gene.
    const variances = Float64Array.of(0.55, 1, 0.22, 1);
    const shares = Float64Array.of(1, 2 / 3, 1, 1);
    const moment = Float64Array.from(truth, (correlation, k) => {
      const [a, b] = [k >> 2, k & 3];
      if (a === b) return patients * shares[a]!;
      return patients * shares[a]! * shares[b]! * correlation * Math.sqrt(variances[a]! * variances[b]!);
    });
    const found = correlationOfMoment(moment, reading({ scoreVariances: variances, knownShares: shares }));
    found.forEach((value, k) => expect(value).toBeCloseTo(truth[k]!, 4));
  });

  it("gives a correlation whatever the noise, and little of it where nothing is there", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 3, max: 12 }), (seed, size) => {
        const random = new RandomStream(seed, 3);
        const noiseDeviation = 300;
        const moment = new Float64Array(size * size);
        for (let a = 0; a < size; a++) {
          for (let b = 0; b <= a; b++) {
            const value = (a === b ? 100 : 0) + noiseDeviation * random.nextNormal();
            moment[a * size + b] = value;
            moment[b * size + a] = value;
          }
        }
        const scoreVariances = new Float64Array(size).fill(0.3);
        const found = correlationOfMoment(moment, reading({ scoreVariances, patients: 100, noiseDeviation }));
        expect(choleskyFactor(found, size)).not.toBeNull();
        for (let a = 0; a < size; a++) {
          expect(found[a * size + a]).toBe(1);
          for (let b = 0; b < a; b++) {
            expect(found[a * size + b]).toBeCloseTo(found[b * size + a]!, 12);
            expect(Math.abs(found[a * size + b]!)).toBeLessThan(1);
          }
        }
      }),
    );
  });
});

it("keeps a strong correlation of a gene with its own copy number among many that are nothing", () => {
  const size = 40;
  const few = 400;
  const noise = 24;
  const random = new RandomStream(1, 5);
  const moment = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const isCis = b === 2 && a === 3;
      const value = (a === b ? few : isCis ? 0.8 * few : 0) + noise * random.nextNormal();
      moment[a * size + b] = value;
      moment[b * size + a] = value;
    }
  }
  const given = { scoreVariances: new Float64Array(size).fill(1), patients: few, noiseDeviation: noise };
  const cisAnchors = Array.from({ length: size - 3 }, (_, j) => (j === 0 ? 2 : -1));
  expect(correlationOfMoment(moment, reading({ ...given, cisAnchors }))[2 * size + 3]!).toBeGreaterThan(0.6);
  expect(correlationOfMoment(moment, reading(given))[2 * size + 3]!).toBeLessThan(0.4);
});

describe("loadingsOfCorrelation", () => {
  const size = 13;
  // One anchor that acts on all genes, and one factor that they share beside it.
  const anchorWeight = 0.4;
  const factorWeight = 0.6;
  const correlation = Float64Array.from({ length: size * size }, (_, k) => {
    const [a, b] = [Math.floor(k / size), k % size];
    if (a === b) return 1;
    return a === 0 || b === 0 ? anchorWeight : anchorWeight ** 2 + factorWeight ** 2;
  });

  it("finds the anchor's effect and the factor", () => {
    const { weights, rank, noiseDeviations } = loadingsOfCorrelation(correlation, 1, patients, 0);
    expect(rank).toBe(1);
    for (let j = 0; j < size - 1; j++) {
      expect(weights[j]!).toBeCloseTo(anchorWeight, 10);
      expect(Math.abs(weights[size - 1 + j]!)).toBeCloseTo(factorWeight, 10);
      expect(noiseDeviations[j]!).toBeCloseTo(Math.sqrt(1 - anchorWeight ** 2 - factorWeight ** 2), 10);
    }
  });

  it("takes no factor that the noise could have made", () => {
    expect(loadingsOfCorrelation(correlation, 1, patients, 1).rank).toBe(0);
  });
});
