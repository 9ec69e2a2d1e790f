import type { Cohort } from "@osteon/cohort";
import type { CacheCounts, GenerativeModel, SampleRequest, SavedModel } from "../model.ts";
import { ClinicalSamplers } from "./clinical-samplers.ts";
import { CohortDraft } from "./cohort-draft.ts";
import { ExpressionDecoder } from "./expression-decoder.ts";
import { conditionGaussian, drawConditional, type GaussianConditional } from "./gaussian-conditional.ts";
import { anchorCount } from "./latent-bounds.ts";
import type { FactorCopulaParameters } from "./parameters.ts";
import { saveFactorCopula } from "./saved-form.ts";

/**
 * Gaussian factor copula over mixed variables. Clinical variables, mutations and copy number are
 * anchors with a full latent correlation; expression follows from them, a few common factors and noise.
 * Source: Hoff 2007; Murray, Dunson, Carin & Lucas 2013. Why the anchors are a block of their own:
 * docs/adr/0003-anchored-factor-copula.md.
 */
export class FactorCopulaModel implements GenerativeModel {
  readonly family = "factor-copula";
  readonly parameters: FactorCopulaParameters;
  readonly #anchors: number;
  readonly #genomic: GaussianConditional;
  readonly #samplers: ClinicalSamplers;
  readonly #decoder: ExpressionDecoder;

  constructor(parameters: FactorCopulaParameters) {
    const { marginals, correlation, expression } = parameters;
    this.parameters = parameters;
    this.#anchors = anchorCount(marginals);
    const clinical = marginals.clinical.map((_, k) => k);
    const genomic = Array.from({ length: this.#anchors - clinical.length }, (_, k) => clinical.length + k);
    this.#genomic = conditionGaussian(correlation, this.#anchors, genomic, clinical);
    this.#samplers = new ClinicalSamplers(parameters);
    this.#decoder = new ExpressionDecoder(expression, this.#anchors, genomic.length);
  }

  get profileCache(): CacheCounts {
    return this.#samplers.counts;
  }

  sample(request: SampleRequest): Cohort {
    const { expression } = this.parameters;
    const { seed, firstIndex, count } = request;
    const sampler = this.#samplers.of(request.conditions);
    const draft = new CohortDraft(this.parameters, request);
    const latents = new Float64Array(this.#anchors);
    for (let i = 0; i < count; i++) {
      const normals = this.#decoder.begin(seed, firstIndex + i);
      const followUp = sampler.draw(seed, firstIndex + i, latents);
      drawConditional(this.#genomic, latents, normals);
      draft.writeAnchors(i, followUp, latents);
      const factors = normals.subarray(this.#genomic.drawn.length);
      this.#decoder.finish(latents, factors, draft.expression, i * expression.genes.length);
    }
    return draft.finish();
  }

  save(): SavedModel {
    return saveFactorCopula(this.parameters);
  }
}
