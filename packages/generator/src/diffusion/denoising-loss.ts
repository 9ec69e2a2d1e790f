import {
  add,
  constant,
  divide,
  exp,
  input,
  mean,
  multiply,
  multiplyMatrices,
  sqrt,
  square,
  subtract,
  type Expression,
} from "@osteon/network";
import type { LinearLaw } from "../latent/latent-training-set.ts";
import { buildBiologicalLoss, type BiologicalTerms } from "./biological-terms.ts";
import { createCorrectionNetwork, maskedWidths, type CorrectionSizes } from "./correction-network.ts";

/** Name of the dropout mask of a block. */
export const maskName = (block: number) => `mask-${block}`;

export interface DenoisingLossChoices {
  readonly batch: number;
  /** Whether the graph takes dropout masks. */
  readonly masked: boolean;
  readonly biology?: BiologicalTerms;
}

/**
 * The loss of the denoiser D on rows of `latents` and `noise` [batch, dimensions], `conditions` [batch,
 * conditionCount], `keep` [batch, 1] (0: the condition is dropped) and `log-noise` [batch, 1], which is ln σ.
 *
 * EDM's preconditioning (Karras et al., NeurIPS 2022, equation 7), with the law of the factor copula in the place of
 * one deviation of all data: with keep m, mean μ = m c·B and variances v = 1 − m (1 − r),
 *
 *     D(y; σ, c, m) = μ + v / (v + σ²) · (y − μ) + σ √v / √(v + σ²) · F(u, ln σ, m c, m),   u = (y − μ) / √(v + σ²).
 *
 * At F = 0 this denoises exactly if the factor copula is right, so that a network of which the last layer begins at
 * 0 has to learn only what that misses. This is what we add to EDM for fewer than 100 patients: those hardly
 * suffice to learn from nothing even what a regression states. The loss is that of F, whose target
 * (σ z − √v n) / √(v + σ²), with z = (x − μ) / √v and n the noise, has unit variance at every σ.
 */
export function buildDenoisingLoss(sizes: CorrectionSizes, law: LinearLaw, choices: DenoisingLossChoices): Expression {
  const { correction, target, latents, errorScale, conditions } = buildDenoising(sizes, law, choices);
  const miss = subtract(correction, target);
  const loss = mean(square(miss));
  const error = multiply(errorScale, miss);
  const denoised = add(latents, error);
  const biologicalLoss = buildBiologicalLoss(choices.biology ?? {}, { denoised, error, errorScale, conditions });
  return biologicalLoss ? add(loss, biologicalLoss) : loss;
}

/** What the loss is made of; all [batch, dimensions] but the conditions. */
export interface Denoising {
  /** F. */
  readonly correction: Expression;
  /** What F is to be. */
  readonly target: Expression;
  readonly latents: Expression;
  /** σ √v / √(v + σ²). */
  readonly errorScale: Expression;
  readonly conditions: Expression;
}

/** The denoiser at work on the inputs that {@link buildDenoisingLoss} names. */
export function buildDenoising(
  sizes: CorrectionSizes,
  law: LinearLaw,
  { batch, masked }: Pick<DenoisingLossChoices, "batch" | "masked">,
): Denoising {
  const { dimensions, conditionCount } = sizes;
  const [latents, noise] = [input("latents", [batch, dimensions]), input("noise", [batch, dimensions])];
  const conditions = input("conditions", [batch, conditionCount]);
  const [keep, logNoise] = [input("keep", [batch, 1]), input("log-noise", [batch, 1])];

  const regression = constant(law.regression, [conditionCount, dimensions]);
  const explained = constant(
    law.variances.map((variance) => 1 - variance),
    [1, dimensions],
  );
  const average = multiplyMatrices(multiply(conditions, keep), regression);
  const deviations = sqrt(subtract(1, multiply(keep, explained)));
  const sigma = exp(logNoise);
  const total = sqrt(add(square(deviations), square(sigma)));
  const [dataShare, noiseShare] = [divide(deviations, total), divide(sigma, total)];

  const standardLatents = divide(subtract(latents, average), deviations);
  const standardised = add(multiply(dataShare, standardLatents), multiply(noiseShare, noise));
  const target = subtract(multiply(noiseShare, standardLatents), multiply(dataShare, noise));
  const network = createCorrectionNetwork(sizes);
  const told = { noise: network.embedNoise(logNoise), conditions: network.embedConditions(conditions, keep) };
  const masks = maskedWidths(sizes).map((width, block) => input(maskName(block), [batch, width]));
  const correction = network.correct(standardised, told, masked ? masks : undefined);
  return { correction, target, latents, errorScale: multiply(deviations, noiseShare), conditions };
}
