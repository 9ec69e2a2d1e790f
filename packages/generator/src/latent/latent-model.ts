import type { Cohort } from "@osteon/cohort";
import { CohortDraft } from "../factor-copula/cohort-draft.ts";
import { ExpressionDecoder } from "../factor-copula/expression-decoder.ts";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import type { CacheCounts, GenerativeModel, NeuralFamily, SampleRequest, SavedModel } from "../model.ts";
import { applyCalibration, type LatentCalibration } from "./latent-calibration.ts";
import { samplerBatch } from "./batch-runner.ts";
import { LatentGenerator } from "./latent-generator.ts";
import { LatentDrawer } from "./latent-drawer.ts";
import type { BuildLatentSampler, LatentNetwork } from "./latent-network.ts";
import { openQuantised } from "./quantised-sampler.ts";
import { saveLatentModel } from "./saved-form.ts";

/** All of a fitted model whose dependence a network draws. */
export interface LatentModelParameters {
  readonly family: NeuralFamily;
  /** The fitted copula: marginals, clinical variables and the decoder of expression are its own. */
  readonly copula: FactorCopulaParameters;
  readonly calibration: LatentCalibration;
  readonly network: LatentNetwork;
}

/** A factor copula whose law of genomic latents and factors, given the clinical ones, is drawn by a network. */
export class LatentModel implements GenerativeModel {
  readonly parameters: LatentModelParameters;
  readonly #drawer: LatentDrawer;
  readonly #decoder: ExpressionDecoder;

  /** @param precision of the network: `int8` is smaller and faster, and not the same patients */
  constructor(
    parameters: LatentModelParameters,
    buildSampler: BuildLatentSampler,
    precision: "float32" | "int8" = "float32",
  ) {
    const { copula, network, calibration } = parameters;
    const genomic = Math.sqrt(calibration.turnBack.length);
    this.parameters = parameters;
    const sampler = () => buildSampler(network, samplerBatch);
    this.#drawer = new LatentDrawer(
      copula,
      precision === "int8" ? () => openQuantised(copula, sampler()) : () => LatentGenerator.open(sampler()),
    );
    this.#decoder = new ExpressionDecoder(copula.expression, copula.marginals.clinical.length + genomic, genomic);
  }

  get family(): NeuralFamily {
    return this.parameters.family;
  }

  get profileCache(): CacheCounts {
    return this.#drawer.profileCache;
  }

  async sample(request: SampleRequest): Promise<Cohort> {
    const { copula, calibration } = this.parameters;
    const { followUps, clinical, coordinates } = await this.#drawer.draw(request);
    const width = copula.marginals.clinical.length;
    const dimensions = calibration.centres.length;
    const factors = new Float64Array(copula.expression.rank);
    const anchors = new Float64Array(width + dimensions - factors.length);
    const draft = new CohortDraft(copula, request);
    followUps.forEach((followUp, i) => {
      anchors.set(clinical.subarray(i * width, (i + 1) * width));
      const own = coordinates.subarray(i * dimensions, (i + 1) * dimensions);
      applyCalibration(calibration, own, anchors.subarray(width), factors);
      draft.writeAnchors(i, followUp, anchors);
      this.#decoder.begin(request.seed, request.firstIndex + i);
      this.#decoder.finish(anchors, factors, draft.expression, i * copula.expression.genes.length);
    });
    return draft.finish();
  }

  save(): SavedModel {
    return saveLatentModel(this.parameters);
  }

  /** Frees the network; sampling again loads it again. */
  async release(): Promise<void> {
    await this.#drawer.release();
  }
}
