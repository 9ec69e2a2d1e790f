import { normalDensity, normalInterval, RandomStream, streamId, truncatedNormalQuantile } from "@osteon/numerics";
import { hazardRate, survivalProbability, survivalQuantile } from "@osteon/survival";
import type { Conditions } from "../conditions.ts";
import { conditionGaussian, drawConditional, type GaussianConditional } from "./gaussian-conditional.ts";
import type { Marginals } from "./marginals.ts";
import { quantileTableLatent } from "./quantile-table.ts";
import { latentOfTime, timeOfLatent } from "./survival-latent.ts";
import { latentInterval } from "./thresholds.ts";

/** Follow-up of one patient, and the latents of the clinical variables written beside it. */
export interface FollowUp {
  readonly timeDays: number;
  readonly event: 0 | 1;
}

const stream = streamId("factor-copula/clinical");
/** A profile so rare that this many tries do not meet it is drawn by Gibbs sweeps instead. */
const largestTries = 2000;
const gibbsSweeps = 50;

/**
 * Draws the clinical latents of patients with the given conditions, exactly.
 *
 * `event` 1 with a time fixes the latent of survival, `event` 0 bounds it from below (the patient lives
 * past that time), a code bounds its latent; what is free is drawn from its distribution given these,
 * first the least probable interval by inversion, the others by rejection.
 * A time without an event indicator is the end of follow-up of either kind, in the proportion of the
 * conditional hazards; an event indicator without a time conditions on which of death and end of
 * follow-up came first.
 */
export class ClinicalSampler {
  readonly #marginals: Marginals;
  readonly #correlation: Float64Array;
  readonly #conditions: Conditions;
  readonly #fixed = new Map<number, number>();
  readonly #bounds = new Map<number, readonly [number, number]>();
  readonly #survival: number;

  /** @param correlation of the clinical latents alone, in the marginals' order */
  constructor(marginals: Marginals, correlation: Float64Array, conditions: Conditions) {
    this.#marginals = marginals;
    this.#correlation = correlation;
    this.#conditions = conditions;
    this.#survival = marginals.clinical.indexOf("survival");
    if (conditions.ageYears !== undefined) {
      const latent = quantileTableLatent(marginals.ageTable, 0, marginals.grid, conditions.ageYears);
      this.#fixed.set(marginals.clinical.indexOf("age"), latent);
    }
    if (conditions.metastasis !== undefined) {
      const interval = latentInterval(marginals.metastasisCuts, conditions.metastasis);
      this.#bounds.set(marginals.clinical.indexOf("metastasis"), interval);
    }
  }

  /** Draws patient `index` of `seed` into `latents` (one a clinical variable). */
  draw(seed: number, index: number, latents: Float64Array): FollowUp {
    const random = new RandomStream(seed, stream, index);
    const { survivalTimeDays: timeDays, event } = this.#conditions;
    if (timeDays !== undefined) {
      const died = event ?? (random.nextUniform() < this.#probabilityOfDeathAt(timeDays) ? 1 : 0);
      this.#plan(died === 1 ? "died" : "alive").draw(random, latents);
      return { timeDays, event: died };
    }
    const plan = this.#plan("free");
    for (;;) {
      plan.draw(random, latents);
      const deathDays = timeOfLatent(this.#marginals.deathHazard, latents[this.#survival]!);
      const lastContactDays = survivalQuantile(this.#marginals.censoringHazard, random.nextUniform());
      const drawn = deathDays <= lastContactDays ? 1 : 0;
      if (event === undefined || drawn === event) {
        return { timeDays: Math.round(Math.min(deathDays, lastContactDays)), event: drawn };
      }
    }
  }

  readonly #plans = new Map<string, TruncatedPlan>();

  /** How to draw the latents once it is known whether survival is fixed, bounded or free. */
  #plan(survival: "died" | "alive" | "free"): TruncatedPlan {
    let plan = this.#plans.get(survival);
    if (!plan) {
      const fixed = new Map(this.#fixed);
      const bounds = new Map(this.#bounds);
      if (survival !== "free") {
        const timeDays = this.#conditions.survivalTimeDays!;
        const latent = latentOfTime(
          this.#marginals.deathHazard,
          survival === "died" ? Math.max(timeDays, 0.5) : timeDays,
        );
        if (survival === "died") fixed.set(this.#survival, latent);
        else bounds.set(this.#survival, [latent, Infinity]);
      }
      plan = new TruncatedPlan(this.#correlation, this.#marginals.clinical.length, fixed, bounds);
      this.#plans.set(survival, plan);
    }
    return plan;
  }

  #deathShare: number | undefined;

  /** P(death | follow-up ended at `timeDays`, the other conditions): its share of the two hazards. */
  #probabilityOfDeathAt(timeDays: number): number {
    this.#deathShare ??= this.#computeDeathShare(Math.max(timeDays, 0.5));
    return this.#deathShare;
  }

  #computeDeathShare(timeDays: number): number {
    const { deathHazard, censoringHazard, clinical } = this.#marginals;
    const size = clinical.length;
    const at = this.#survival;
    const given = [...this.#fixed.keys()];
    const values = [...this.#fixed.values()];
    const own = conditionGaussian(this.#correlation, size, [at], given);
    const mean = values.reduce((sum, value, k) => sum + own.regression[k]! * value, 0);
    const codes = [...this.#bounds].map(([k, bounds]) => {
      const code = conditionGaussian(this.#correlation, size, [k], [...given, at]);
      const offset = values.reduce((sum, value, position) => sum + code.regression[position]! * value, 0);
      return { bounds, offset, slope: code.regression[given.length]!, deviation: code.factor[0]! };
    });
    // Density of the survival latent times the probability of the codes asked for.
    const density = (z: number) => {
      let value = normalDensity((z - mean) / own.factor[0]!) / own.factor[0]!;
      for (const { bounds, offset, slope, deviation } of codes) {
        const centre = offset + slope * z;
        value *= normalInterval((bounds[0] - centre) / deviation, (bounds[1] - centre) / deviation);
      }
      return value;
    };
    const latent = latentOfTime(deathHazard, timeDays);
    // dz/dt by the marginal: f₀(t) / φ(z).
    const deathDensity =
      (density(latent) * hazardRate(deathHazard, timeDays) * survivalProbability(deathHazard, timeDays)) /
      Math.max(normalDensity(latent), 1e-300);
    const alive = integrate(density, latent, latent + 9);
    if (!(alive > 0)) return 1;
    const hazard = deathDensity / alive;
    return hazard / (hazard + hazardRate(censoringHazard, timeDays));
  }
}

/** Simpson's rule on 180 intervals: smooth integrands here, error under 1e-8. */
function integrate(f: (z: number) => number, from: number, to: number): number {
  const intervals = 180;
  const step = (to - from) / intervals;
  let sum = f(from) + f(to);
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * step);
  return (sum * step) / 3;
}

/** A centred normal with some coordinates fixed and some within bounds, ready to be drawn from. */
class TruncatedPlan {
  readonly #fixed: ReadonlyMap<number, number>;
  readonly #bounds: readonly (readonly [number, readonly [number, number]])[];
  readonly #first: GaussianConditional | null;
  readonly #rest: GaussianConditional;
  readonly #normals: Float64Array;
  readonly #sweeps: readonly { readonly own: GaussianConditional; readonly bounds: readonly [number, number] }[];

  constructor(
    correlation: Float64Array,
    size: number,
    fixed: ReadonlyMap<number, number>,
    bounds: ReadonlyMap<number, readonly [number, number]>,
  ) {
    const given = [...fixed.keys()];
    const free = Array.from({ length: size }, (_, k) => k).filter((k) => !fixed.has(k));
    this.#fixed = fixed;
    // The least probable interval first: it is drawn within its bounds, the others are waited for.
    this.#bounds = [...bounds].sort(([, a], [, b]) => normalInterval(...a) - normalInterval(...b));
    const first = this.#bounds[0]?.[0];
    this.#first = first === undefined ? null : conditionGaussian(correlation, size, [first], given);
    const rest = free.filter((k) => k !== first);
    this.#rest = conditionGaussian(correlation, size, rest, first === undefined ? given : [...given, first]);
    this.#normals = new Float64Array(rest.length);
    this.#sweeps = free.map((k) => ({
      own: conditionGaussian(
        correlation,
        size,
        [k],
        Array.from({ length: size }, (_, other) => other).filter((other) => other !== k),
      ),
      bounds: bounds.get(k) ?? [-Infinity, Infinity],
    }));
  }

  draw(random: RandomStream, latents: Float64Array): void {
    for (const [k, value] of this.#fixed) latents[k] = value;
    for (let attempt = 0; attempt < largestTries; attempt++) {
      if (this.#first) drawWithin(this.#first, this.#bounds[0]![1], random, latents);
      for (let k = 0; k < this.#normals.length; k++) this.#normals[k] = random.nextNormal();
      drawConditional(this.#rest, latents, this.#normals);
      if (this.#bounds.every(([k, [lower, upper]]) => latents[k]! > lower && latents[k]! <= upper)) return;
    }
    for (let sweep = 0; sweep < gibbsSweeps; sweep++) {
      for (const { own, bounds } of this.#sweeps) drawWithin(own, bounds, random, latents);
    }
  }
}

/** Draws the one coordinate of `conditional` within bounds, by inversion. */
function drawWithin(
  { drawn, given, regression, factor }: GaussianConditional,
  [lower, upper]: readonly [number, number],
  random: RandomStream,
  latents: Float64Array,
): void {
  let mean = 0;
  given.forEach((k, position) => (mean += regression[position]! * latents[k]!));
  const deviation = factor[0]!;
  latents[drawn[0]!] =
    mean +
    deviation * truncatedNormalQuantile(random.nextUniform(), (lower - mean) / deviation, (upper - mean) / deviation);
}
