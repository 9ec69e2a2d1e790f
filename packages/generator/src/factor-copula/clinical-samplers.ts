import type { Conditions } from "../conditions.ts";
import type { CacheCounts } from "../model.ts";
import { ClinicalSampler } from "./clinical-sampler.ts";
import { leadingBlock } from "./correlation-matrices.ts";
import { anchorCount } from "./latent-bounds.ts";
import type { Marginals } from "./marginals.ts";
import type { FactorCopulaParameters } from "./parameters.ts";

/** Profiles whose sampler is kept. */
const keptProfiles = 128;

/**
 * The clinical samplers of the profiles asked for last. A sampler is what a model knows of the conditions alone (normals
 * conditioned on them, hazards at the time asked for) and holds nothing of a patient: the next draw of the same profile
 * is another patient, and by the same seed the same one as from a new sampler, to the bit. Hence the key is the exact
 * profile: a rounded one would give patients of the rounded one.
 */
export class ClinicalSamplers {
  /** Clinical variables of the model. */
  readonly width: number;
  readonly #marginals: Marginals;
  readonly #correlation: Float64Array;
  /** The one asked for last is the last. */
  readonly #kept = new Map<string, ClinicalSampler>();
  readonly #counts = { hits: 0, misses: 0 };

  constructor({ marginals, correlation }: FactorCopulaParameters) {
    this.width = marginals.clinical.length;
    this.#marginals = marginals;
    this.#correlation = leadingBlock(correlation, anchorCount(marginals), this.width);
  }

  /** How often a profile's sampler was there already. */
  get counts(): CacheCounts {
    return this.#counts;
  }

  of(conditions: Conditions): ClinicalSampler {
    const key = keyOf(conditions);
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    const sampler = known ?? new ClinicalSampler(this.#marginals, this.#correlation, conditions);
    this.#kept.set(key, sampler);
    this.#counts[known ? "hits" : "misses"]++;
    if (this.#kept.size > keptProfiles) this.#kept.delete(this.#kept.keys().next().value!);
    return sampler;
  }
}

function keyOf({ survivalTimeDays, event, ageYears, metastasis }: Conditions): string {
  // A time is given back as it was asked for, and 0 is not −0 to the bit.
  const sign = Object.is(survivalTimeDays, -0) ? "-" : "";
  return [`${sign}${survivalTimeDays}`, event, ageYears, metastasis].join();
}
