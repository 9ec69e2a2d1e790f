import { osteonError } from "@osteon/errors";
import {
  add,
  constant,
  divide,
  input,
  multiply,
  multiplyMatrices,
  parameter,
  sqrt,
  subtract,
  type Expression,
} from "@osteon/network";
import type { LatentNetwork, LatentSampler } from "../latent/latent-network.ts";
import { createCorrectionNetwork } from "./correction-network.ts";
import { lawNames, readDescription, type DiffusionDescription } from "./description.ts";
import { listNoiseLevels } from "./noise-levels.ts";
import { completeDiffusionOptions } from "./options.ts";

export interface DiffusionSamplerOptions {
  /**
   * How far conditions are followed: 0 not at all, 1 as they were learnt, more than that beyond it.
   * Each step evaluates the network twice where it is neither 0 nor 1.
   */
  readonly guidance?: number;
  /** Heun steps; each evaluates the network twice but the last. */
  readonly steps?: number;
}

/**
 * The whole sampler as one graph: Heun's method on the deterministic probability-flow equation, from `noise` [batch,
 * dimensions] and `conditions` [batch, conditionCount] to latents.
 *
 * It runs on what the network sees, u = (y − μ) / √(v + σ²), and on the angle θ = atan(σ / √v), one for each
 * dimension: the equation dy/dσ = (y − D) / σ of Karras et al. (NeurIPS 2022, equations 1 and 3) is there du/dθ = −F.
 * What the linear law explains is so integrated exactly, and Heun's error is of what the network adds alone.
 * Guidance: D = D₀ + w (D₁ − D₀) with and without conditions (Ho & Salimans 2022, equation 6).
 *
 * @throws `generator.malformed-model`, `generator.option`
 */
export function buildDiffusionSampler(
  network: LatentNetwork,
  batch: number,
  options: DiffusionSamplerOptions = {},
): LatentSampler {
  const description = readDescription(network);
  const { guidance, steps } = completeDiffusionOptions({
    guidance: options.guidance ?? description.guidance,
    steps: options.steps ?? description.steps,
  });
  const { dimensions, conditionCount } = description;
  const conditions = input("conditions", [batch, conditionCount]);
  const levels = listNoiseLevels(steps);
  const field = createField(network, description, { conditions, guidance, levels });
  let state = input("noise", [batch, dimensions]);
  levels.forEach((sigma, level) => {
    const next = levels[level + 1] ?? 0;
    const angles = field.deviations.map((deviation) => Math.atan2(sigma, deviation) - Math.atan2(next, deviation));
    const advance = (slope: Expression, share: number) =>
      add(
        state,
        multiply(
          slope,
          constant(
            angles.map((angle) => share * angle),
            [1, dimensions],
          ),
        ),
      );
    const slope = field.evaluate(state, level);
    const predicted = advance(slope, 1);
    state = next > 0 ? advance(add(slope, field.evaluate(predicted, level + 1)), 0.5) : predicted;
  });
  return { noiseCount: dimensions, latents: field.unstandardise(state), weights: network.weights };
}

/** The guided F of standardised states, in the coordinates of the law that the states are standardised by. */
interface Field {
  /** √v of each dimension. */
  readonly deviations: Float32Array;
  readonly evaluate: (state: Expression, level: number) => Expression;
  readonly unstandardise: (state: Expression) => Expression;
}

interface FieldChoices {
  readonly conditions: Expression;
  readonly guidance: number;
  /** σ by level. */
  readonly levels: readonly number[];
}

function createField(
  { weights }: LatentNetwork,
  sizes: DiffusionDescription,
  { conditions, guidance, levels }: FieldChoices,
): Field {
  const { dimensions, conditionCount } = sizes;
  const found = weights[lawNames.variances];
  if (found?.length !== dimensions || !found.every((variance) => variance > 0 && variance <= 1)) {
    throw osteonError("generator.malformed-model", { family: "diffusion", name: lawNames.variances });
  }
  const batch = conditions.shape[0] as number;
  const regression = parameter(lawNames.regression, [conditionCount, dimensions], { constant: 0 });
  const variances = parameter(lawNames.variances, [dimensions], { constant: 1 });
  const average = multiplyMatrices(conditions, regression);
  const network = createCorrectionNetwork(sizes);
  const noise = levels.map((sigma) => network.embedNoise(constant(Float32Array.of(Math.log(sigma)), [1, 1])));
  const createBranch = (keep: 0 | 1) => {
    const effects = network.embedConditions(conditions, constant(new Float32Array(batch).fill(keep), [batch, 1]));
    return (state: Expression, level: number) => network.correct(state, { noise: noise[level]!, conditions: effects });
  };
  if (guidance === 0) {
    return {
      deviations: new Float32Array(dimensions).fill(1),
      evaluate: createBranch(0),
      unstandardise: (state) => state,
    };
  }
  const unstandardise = (state: Expression) => add(average, multiply(state, sqrt(variances)));
  const deviations = found.map(Math.sqrt);
  const conditional = createBranch(1);
  if (guidance === 1) return { deviations, evaluate: conditional, unstandardise };

  const unconditional = createBranch(0);
  const evaluate = (state: Expression, level: number) => {
    const sigma = levels[level]!;
    const row = (of: (deviation: number) => number) => constant(deviations.map(of), [1, dimensions]);
    const correction = conditional(state, level);
    const angle = (deviation: number) => Math.atan2(sigma, deviation);
    const errorScale = row((deviation) => deviation * Math.sin(angle(deviation)));
    const denoised = add(
      add(
        average,
        multiply(
          state,
          row((deviation) => deviation * Math.cos(angle(deviation))),
        ),
      ),
      multiply(correction, errorScale),
    );
    const noisy = add(
      average,
      multiply(
        state,
        row((deviation) => Math.hypot(deviation, sigma)),
      ),
    );
    const [plain, plainAngle] = [divide(noisy, Math.hypot(1, sigma)), angle(1)];
    const denoisedPlainly = add(
      multiply(plain, Math.cos(plainAngle)),
      multiply(unconditional(plain, level), Math.sin(plainAngle)),
    );
    return add(correction, multiply(divide(subtract(denoised, denoisedPlainly), errorScale), guidance - 1));
  };
  return { deviations, evaluate, unstandardise };
}
