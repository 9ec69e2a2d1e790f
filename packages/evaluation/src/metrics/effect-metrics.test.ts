import { RandomStream, streamId } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { buildCohort, compare } from "../testing/build-cohort.ts";
import { alterationLogOddsAgreements } from "./alteration-log-odds-agreement.ts";
import { cisEffectAgreement, meanCisEffect } from "./cis-effects.ts";
import { concordanceAboutZero } from "./concordance-about-zero.ts";
import { correlationMatrixDistance } from "./correlation-matrix-distance.ts";
import { driverFrequenciesWithinInterval, liesWithinInterval } from "./driver-frequencies.ts";
import { knownMutationEffect } from "./known-mutation-effect.ts";
import { clinicalLinks, molecularLinks } from "./modality-links.ts";
import { mutationPathwaySigns } from "./mutation-pathway-signs.ts";
import { shareOfSigns } from "./sign-agreement.ts";

function drawNormals(count: number, seed: number): number[] {
  const random = new RandomStream(seed, streamId("effect test"));
  return Array.from({ length: count }, () => random.nextNormal());
}

describe("concordanceAboutZero", () => {
  it("is 1 for the same effects, −1 for the opposite, 0 for none", () => {
    expect(concordanceAboutZero([1, -2, 3], [1, -2, 3])).toBe(1);
    expect(concordanceAboutZero([1, -2, 3], [-1, 2, -3])).toBe(-1);
    expect(concordanceAboutZero([1, -2, 3], [0, 0, 0])).toBe(0);
  });
  it("takes off as much for effects too strong as for effects too weak", () => {
    expect(concordanceAboutZero([1, 1, 1], [2, 2, 2])).toBeCloseTo(0.8, 12);
    expect(concordanceAboutZero([2, 2, 2], [1, 1, 1])).toBeCloseTo(0.8, 12);
  });
  it("leaves out what the reference does not know; what the candidate does not know is none", () => {
    expect(concordanceAboutZero([1, 1, 1, Number.NaN], [1, 1, 1, 9])).toBe(1);
    expect(concordanceAboutZero([1, 1, 2], [1, 1, Number.NaN])).toBeCloseTo(4 / 8, 12);
    expect(concordanceAboutZero([0, 0, 0], [1, 1, 1])).toBeNull();
    expect(concordanceAboutZero([1, 1], [1, 1])).toBeNull();
  });
});

describe("shareOfSigns", () => {
  it("weights by the reference's size", () => {
    expect(shareOfSigns([3, -1, Number.NaN], [1, 1, 1])).toBe(0.75);
    expect(shareOfSigns([3, -1], [Number.NaN, -1])).toBe(0.25);
    expect(shareOfSigns([0, Number.NaN], [1, 1])).toBeNull();
  });
});

describe("driver_frequencies_within_interval", () => {
  it("holds Clopper's and Pearson's intervals of 3 of 10 and of 0 and 10 of 10", () => {
    // R: binom.test(3, 10)$conf.int is 0.06673951 … 0.65245285; of 0, 0 … 0.3084971; of 10, 0.6915029 … 1.
    const three = { altered: 3, measured: 10 };
    expect([0.0667, 0.0668, 0.6524, 0.6525].map((p) => liesWithinInterval(p, three))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([0, 0.3084, 0.3085].map((p) => liesWithinInterval(p, { altered: 0, measured: 10 }))).toEqual([
      true,
      true,
      false,
    ]);
    expect([0.6915, 0.6916, 1].map((p) => liesWithinInterval(p, { altered: 10, measured: 10 }))).toEqual([
      false,
      true,
      true,
    ]);
  });
  it("counts mutated, gained and lost drivers, and no other gene", () => {
    const ten = (altered: number, code: number) => Array.from({ length: 10 }, (_, i) => (i < altered ? code : 0));
    const real = buildCohort({
      count: 10,
      mutations: { TP53: ten(3, 1), TTN: ten(1, 1) },
      copyNumber: { MYC: ten(5, 2) },
    });
    const other = buildCohort({
      count: 10,
      mutations: { TP53: ten(9, 1), TTN: ten(9, 1) },
      copyNumber: { MYC: ten(5, 1) },
    });
    // TP53 is beyond its interval; gains and losses of MYC are within theirs; TTN is no driver.
    expect(driverFrequenciesWithinInterval.compute(compare(real, other)).value).toBeCloseTo(2 / 3, 12);
    const passengers = buildCohort({ count: 10, mutations: { TTN: ten(1, 1) } });
    expect(driverFrequenciesWithinInterval.compute(compare(passengers, passengers)).value).toBeNull();
  });
});

/** TP53 and MYC drive the genes of a pathway, MYC its own expression too; survival and metastasis follow. */
function buildLinked(count: number, seed: number) {
  const noise = Array.from({ length: 8 }, (_, k) => drawNormals(count, 10 * seed + k));
  const tp53 = noise[0]!.map((value) => Number(value > 0));
  const rb1 = noise[1]!.map((value, i) => Number(value + tp53[i]! > 0.8));
  const myc = noise[2]!.map((value, i) => Math.max(-2, Math.min(2, Math.round(value + tp53[i]! - 0.5))));
  const targets = ["CDKN1A", "BAX", "FAS", "SESN1", "ZMAT3"];
  const others = ["G1", "G2", "G3", "G4", "G5", "G6"];
  const expression = {
    MYC: myc.map((level, i) => level + 0.3 * noise[3]![i]!),
    ...Object.fromEntries(
      targets.map((gene, k) => [gene, tp53.map((m, i) => 5 - 2 * m + 0.3 * noise[4]![(i + k) % count]!)]),
    ),
    ...Object.fromEntries(
      others.map((gene, k) => [gene, noise[5]!.map((_, i) => 3 + noise[5]![(i * (k + 2)) % count]!)]),
    ),
  };
  return buildCohort({
    count,
    mutations: { TP53: tp53, RB1: rb1 },
    copyNumber: { MYC: myc },
    expression,
    metastasis: tp53.map((m, i) => Number(m + 0.5 * noise[6]![i]! > 0.5)),
    ageYears: tp53.map((m, i) => 15 + m + noise[7]![i]!),
    survival: {
      days: tp53.map((m, i) => Math.ceil(1000 * Math.exp(-m + 0.2 * noise[7]![i]!))),
      event: tp53.map((_, i) => Number(i % 3 > 0)),
    },
  });
}

const sets = [
  { name: "targets", description: "", genes: ["CDKN1A", "BAX", "FAS", "SESN1", "ZMAT3"] },
  { name: "others", description: "", genes: ["G1", "G2", "G3", "G4", "G5"] },
];

describe("links between modalities", () => {
  const real = buildLinked(60, 1);
  const fresh = buildLinked(60, 2);
  const rotate = <T extends { slice(from: number, to?: number): ArrayLike<number> }>(values: T, width: number): T => {
    const cut = 23 * width;
    const rotated = [...Array.from(values.slice(cut)), ...Array.from(values.slice(0, cut))];
    return (values.constructor as unknown as { from(list: number[]): T }).from(rotated);
  };
  const { mutations, copyNumber, expression } = fresh;
  const shuffled = {
    mutations: { ...fresh, mutations: { ...mutations, values: rotate(mutations.values, mutations.genes.length) } },
    copyNumber: { ...fresh, copyNumber: { ...copyNumber, values: rotate(copyNumber.values, copyNumber.genes.length) } },
    expression: { ...fresh, expression: { ...expression, values: rotate(expression.values, expression.genes.length) } },
    clinical: {
      ...fresh,
      clinical: {
        survivalTimeDays: rotate(fresh.clinical.survivalTimeDays, 1),
        event: rotate(fresh.clinical.event, 1),
        ageYears: rotate(fresh.clinical.ageYears, 1),
        metastasis: rotate(fresh.clinical.metastasis, 1),
        male: fresh.clinical.male,
        necrosisPercent: fresh.clinical.necrosisPercent,
      },
    },
  };
  const lossOf = (name: string, modality: keyof typeof shuffled): number => {
    const metric = [
      ...molecularLinks,
      ...clinicalLinks,
      ...alterationLogOddsAgreements,
      cisEffectAgreement,
      meanCisEffect,
      knownMutationEffect,
    ].find((candidate) => candidate.name === name)!;
    const whole = metric.compute(compare(real, fresh, sets)).value!;
    return whole - metric.compute(compare(real, shuffled[modality], sets)).value!;
  };
  it.each([
    ["mutation_expression_agreement", "mutations"],
    ["mutation_expression_agreement", "expression"],
    ["mutation_pathway_agreement", "mutations"],
    ["mutation_pathway_agreement", "expression"],
    ["copy_number_expression_agreement", "copyNumber"],
    ["copy_number_expression_agreement", "expression"],
    ["mutation_gain_log_odds_agreement", "copyNumber"],
    ["clinical_pathway_agreement", "clinical"],
    ["clinical_pathway_agreement", "expression"],
    ["clinical_mutation_agreement", "clinical"],
    ["clinical_mutation_agreement", "mutations"],
    ["clinical_copy_number_agreement", "clinical"],
    ["clinical_copy_number_agreement", "copyNumber"],
    ["copy_number_cis_effect", "copyNumber"],
    ["copy_number_cis_effect", "expression"],
    ["known_mutation_effect", "mutations"],
    ["known_mutation_effect", "expression"],
  ] as const)("%s falls where %s went to other patients", (name, modality) => {
    expect(lossOf(name, modality)).toBeGreaterThan(0.2);
  });
  it("is perfect against itself", () => {
    for (const metric of [...molecularLinks, ...clinicalLinks, mutationPathwaySigns]) {
      expect(metric.compute(compare(real, real, sets)).value, metric.name).toBeCloseTo(1, 6);
    }
  });
  it("gives a file of constants none of the effects, and a reason where the real patients show none", () => {
    const constant = { ...fresh, expression: { ...expression, values: expression.values.map(() => 1) } };
    expect(mutationPathwaySigns.compute(compare(real, constant, sets)).value).toBe(0);
    expect(meanCisEffect.compute(compare(real, constant, sets)).value).toBe(0);
    expect(knownMutationEffect.compute(compare(real, constant, sets)).value).toBeCloseTo(0, 5);
    for (const metric of molecularLinks) {
      expect(metric.compute(compare(real, constant, sets)).value, metric.name).toBe(0);
      expect(metric.compute(compare(constant, real, sets)).value, metric.name).toBeNull();
    }
  });
});

describe("cis effects", () => {
  it("correlate a gene's copies with its own expression", () => {
    const cohort = buildCohort({
      count: 5,
      copyNumber: { MYC: [0, 1, 2, -1, -128], RB1: [0, -1, -2, 1, 0], NF1: [0, 0, 1, 1, 2] },
      expression: { MYC: [3, 4, 5, 2, 99], RB1: [1, 2, 3, 0, 1] },
    });
    // MYC 1 over the four measured, RB1 −1; NF1 has no expression.
    expect(meanCisEffect.compute(compare(cohort, cohort)).value).toBeCloseTo(0, 6);
    expect(cisEffectAgreement.compute(compare(cohort, cohort)).value).toBeNull();
  });
});

describe("known_mutation_effect", () => {
  it("is the weighted move in the known direction", () => {
    const mcm = [5, 5, 1, 1];
    const cohort = buildCohort({
      count: 4,
      mutations: { RB1: [1, 1, 0, 0] },
      expression: { MCM2: mcm, MCM3: mcm, PCNA: mcm },
    });
    // A deviation of (5, 5, 1, 1) is √(16 / 3): the move of 4 is √3 of them.
    expect(knownMutationEffect.compute(compare(cohort, cohort)).value).toBeCloseTo(Math.sqrt(3), 5);
  });
});

describe("correlation_matrix_distance", () => {
  it("is 0 for the same matrix and the formula for another", () => {
    const real = buildCohort({ count: 4, expression: { A: [1, 2, 3, 4], B: [1, 2, 3, 4] } });
    const none = buildCohort({ count: 4, expression: { A: [1, -1, 1, -1], B: [1, 1, -1, -1] } });
    expect(correlationMatrixDistance.compute(compare(real, real)).value).toBeCloseTo(0, 6);
    // Matrices of ones and of the identity: 1 − 2 / (2 · √2).
    expect(correlationMatrixDistance.compute(compare(real, none)).value).toBeCloseTo(1 - Math.SQRT1_2, 6);
  });
});
