import {
  add,
  constant,
  divide,
  mean,
  multiply,
  multiplyMatrices,
  relu,
  slice,
  square,
  subtract,
  type Expression,
} from "@osteon/network";
import { assertOption } from "../latent/complete-options.ts";

/** Linear forms of the latents. */
export interface LinearForms {
  readonly count: number;
  /** dimensions × count, row-major. */
  readonly coefficients: Float32Array;
}

/** What biology asks of denoised latents beside being near the true ones. Each term counts by its weight. */
export interface BiologicalTerms {
  /** Errors count again along pathway scores: errors of many genes that agree cost more than errors that cancel. */
  readonly pathwayCoherence?: { readonly weight: number; readonly pathways: LinearForms };
  /** Form k of the mutations and form k of the pathways are to vary together with sign k over a batch. */
  readonly mutationDirections?: {
    readonly weight: number;
    readonly mutations: LinearForms;
    readonly pathways: LinearForms;
    /** +1 or −1 for each pair. */
    readonly signs: Float32Array;
  };
  /** One form of the latents is to foretell the condition that is the survival latent. */
  readonly survival?: {
    readonly weight: number;
    readonly prediction: LinearForms;
    /** Column of the conditions. */
    readonly condition: number;
  };
}

/** Tensors of a training batch that the terms look at; all [batch, dimensions] but the conditions. */
export interface DenoisedBatch {
  readonly denoised: Expression;
  /** Denoised less true latents. */
  readonly error: Expression;
  /** Deviation of the error that is to be expected. */
  readonly errorScale: Expression;
  /** [batch, conditionCount], as given and never dropped. */
  readonly conditions: Expression;
}

/** The weighted sum of the terms, a scalar; undefined where none has a weight. Throws `generator.option`. */
export function buildBiologicalLoss(terms: BiologicalTerms, batch: DenoisedBatch): Expression | undefined {
  const { pathwayCoherence, mutationDirections, survival } = terms;
  const parts: Expression[] = [];
  const include = (name: keyof BiologicalTerms, weight: number | undefined, build: () => Expression) => {
    if (weight === undefined) return;
    assertOption(`biology.${name}.weight`, "a finite number of at least 0", weight >= 0 && Number.isFinite(weight));
    if (weight > 0) parts.push(multiply(build(), weight));
  };
  include("pathwayCoherence", pathwayCoherence?.weight, () => measurePathwayError(pathwayCoherence!, batch));
  include("mutationDirections", mutationDirections?.weight, () => measureWrongDirections(mutationDirections!, batch));
  include("survival", survival?.weight, () => measureSurvivalError(survival!, batch));
  return parts.length > 0 ? parts.reduce((total, part) => add(total, part)) : undefined;
}

/** Mean squared error along the forms, each in units of what independent errors of the latents would give. */
function measurePathwayError(
  { pathways }: NonNullable<BiologicalTerms["pathwayCoherence"]>,
  { error, errorScale }: DenoisedBatch,
): Expression {
  const name = "biology.pathwayCoherence.pathways";
  const expected = applyForms(name, square(errorScale), {
    ...pathways,
    coefficients: pathways.coefficients.map((value) => value * value),
  });
  return mean(divide(square(applyForms(name, error, pathways)), expected));
}

/** Mean over the pairs of how far their covariance in the batch lies on the wrong side of 0. */
function measureWrongDirections(
  { mutations, pathways, signs }: NonNullable<BiologicalTerms["mutationDirections"]>,
  { denoised }: DenoisedBatch,
): Expression {
  const name = "biology.mutationDirections";
  const pairs = mutations.count;
  assertOption(`${name}.pathways`, "one form for each of the mutations'", pathways.count === pairs);
  const isSigned = signs.length === pairs && signs.every((sign) => Math.abs(sign) === 1);
  assertOption(`${name}.signs`, "1 or −1 for each pair", isSigned);
  const centre = (x: Expression) => subtract(x, mean(x, { axes: [0], keepAxes: true }));
  const mutated = centre(applyForms(`${name}.mutations`, denoised, mutations));
  const scored = centre(applyForms(`${name}.pathways`, denoised, pathways));
  const covariances = mean(multiply(mutated, scored), { axes: [0], keepAxes: true });
  return mean(
    relu(
      multiply(
        covariances,
        constant(
          signs.map((sign) => -sign),
          [1, pairs],
        ),
      ),
    ),
  );
}

/** Mean squared difference of the prediction and the survival latent. */
function measureSurvivalError(
  { prediction, condition }: NonNullable<BiologicalTerms["survival"]>,
  { denoised, conditions }: DenoisedBatch,
): Expression {
  const name = "biology.survival";
  const count = conditions.shape[1] as number;
  const isColumn = Number.isInteger(condition) && condition >= 0 && condition < count;
  assertOption(`${name}.condition`, "a column of the conditions", isColumn);
  assertOption(`${name}.prediction`, "one form", prediction.count === 1);
  const predicted = applyForms(`${name}.prediction`, denoised, prediction);
  return mean(square(subtract(predicted, slice(conditions, condition, condition + 1))));
}

/** Forms of x [batch, dimensions] → [batch, count]. */
function applyForms(option: string, x: Expression, { count, coefficients }: LinearForms): Expression {
  const dimensions = x.shape[1] as number;
  const isWhole = Number.isInteger(count) && count >= 1 && coefficients.length === dimensions * count;
  assertOption(option, `forms of ${dimensions} latents`, isWhole);
  // A form of no latent would be divided by 0.
  const isAboutSomething = Array.from({ length: count }, (_, k) =>
    Array.from({ length: dimensions }, (__, j) => coefficients[j * count + k]!).some((value) => value !== 0),
  ).every(Boolean);
  assertOption(option, "forms with a latent each", isAboutSomething && coefficients.every(Number.isFinite));
  return multiplyMatrices(x, constant(coefficients, [dimensions, count]));
}
