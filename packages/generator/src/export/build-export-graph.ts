import {
  add,
  concatenate,
  constant,
  divide,
  input,
  multiplyMatrices,
  relu,
  slice,
  step,
  substituteInput,
  subtract,
  type Expression,
  type Weights,
} from "@osteon/network";
import { transposeMatrix } from "@osteon/numerics";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import type { LatentCalibration } from "../latent/latent-calibration.ts";
import { samplerBatch } from "../latent/batch-runner.ts";
import type { LatentSampler } from "../latent/latent-network.ts";
import { farthestCondition } from "../latent/network-conditions.ts";
import { decodeExpression } from "./decode-expression.ts";

/** A whole patient as one graph of plain operators. */
export interface ExportGraph {
  /**
   * `mutations` (0, 1), `copy_number` (−2 … 2) and `expression`, all [batch, genes], of inputs `clinical`
   * [batch, variables], `noise` and `gene_noise`.
   */
  readonly outputs: Readonly<Record<string, Expression>>;
  readonly weights: Weights;
}

/**
 * Puts calibration and decoder behind a sampler.
 *
 * @param sampler built for {@link samplerBatch}; its conditions are the `clinical` latent normals, held within bounds
 */
export function buildExportGraph(
  { marginals, expression }: FactorCopulaParameters,
  { turnBack, centres, deviations }: LatentCalibration,
  sampler: LatentSampler,
): ExportGraph {
  const clinicalCount = marginals.clinical.length;
  const mutations = marginals.mutationCuts.length;
  const genomic = mutations + marginals.copyNumberCuts.length;
  const clinical = input("clinical", [samplerBatch, clinicalCount]);
  const latents = substituteInput(sampler.latents, "conditions", clamp(clinical, farthestCondition));

  const turn = (own: Expression) =>
    multiplyMatrices(own, constant(Float32Array.from(transposeMatrix(turnBack, genomic, genomic)), [genomic, genomic]));
  // A model may lack either part.
  const raw = concatenate(
    [
      ...(genomic > 0 ? [turn(slice(latents, 0, genomic, 1))] : []),
      ...(centres.length > genomic ? [slice(latents, genomic, centres.length, 1)] : []),
    ],
    1,
  );
  const calibrated = divide(
    subtract(raw, constant(Float32Array.from(centres), [1, centres.length])),
    constant(Float32Array.from(deviations), [1, centres.length]),
  );
  const outputs: Record<string, Expression> = {};
  if (mutations > 0) outputs["mutations"] = countCuts(slice(calibrated, 0, mutations, 1), marginals.mutationCuts);
  if (genomic > mutations) {
    outputs["copy_number"] = subtract(countCuts(slice(calibrated, mutations, genomic, 1), marginals.copyNumberCuts), 2);
  }
  const geneNoise = input("gene_noise", [samplerBatch, expression.genes.length]);
  outputs["expression"] = decodeExpression(concatenate([clinical, calibrated], 1), geneNoise, expression);
  return { outputs, weights: sampler.weights };
}

/** How many cuts of its column each latent lies above. */
function countCuts(latents: Expression, cuts: readonly (readonly number[])[]): Expression {
  return cuts[0]!
    .map((_, k) =>
      step(
        subtract(
          latents,
          constant(
            Float32Array.from(cuts, (own) => own[k]!),
            [1, cuts.length],
          ),
        ),
      ),
    )
    .reduce((sum, above) => add(sum, above));
}

function clamp(x: Expression, bound: number): Expression {
  return add(subtract(relu(add(x, bound)), relu(subtract(x, bound))), -bound);
}
