import { encodeGraph, type EncodedGraph } from "@osteon/network";
import { streamId } from "@osteon/numerics";
import { anchorCount } from "../factor-copula/latent-bounds.ts";
import { leadingBlock } from "../factor-copula/correlation-matrices.ts";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import { readFactorCopula } from "../factor-copula/saved-form.ts";
import { trivialCalibration } from "../latent/latent-calibration.ts";
import { samplerBatch } from "../latent/batch-runner.ts";
import { createLatentSpace } from "../latent/latent-space.ts";
import { buildLawSampler } from "../latent/law-sampler.ts";
import { encodeQuantised, measureSamplerRanges } from "../latent/quantised-sampler.ts";
import { readLatentModel } from "../latent/saved-form.ts";
import type { NeuralFamily, SavedModel } from "../model.ts";
import { neuralFamilies } from "../neural-families.ts";
import { buildExportGraph, type ExportGraph } from "./build-export-graph.ts";

/** A model for other software: a graph, and what is to be known to feed and read it. */
export interface ModelExport extends ExportGraph {
  readonly description: Readonly<Record<string, unknown>>;
}

/** Makes a saved model of any family into one graph. Throws `generator.malformed-model`. */
export function createModelExport(saved: SavedModel): ModelExport {
  if (saved.family === "factor-copula") {
    const copula = readFactorCopula(saved);
    const { turnBack, law } = createLatentSpace(copula);
    const calibration = trivialCalibration(turnBack, law.variances.length);
    return withDescription(copula, buildExportGraph(copula, calibration, buildLawSampler(law, samplerBatch)));
  }
  const { copula, calibration, network } = readLatentModel(saved.family, saved);
  const sampler = neuralFamilies[saved.family].buildSampler(network, samplerBatch);
  return withDescription(copula, buildExportGraph(copula, calibration, sampler));
}

/** The export as an ONNX file, its network in float32. */
export function encodeModelExport({ outputs, weights }: ModelExport): EncodedGraph {
  return encodeGraph(outputs, weights);
}

/** The export of a neural family as an ONNX file, its network in int8 over static ranges. */
export async function encodeQuantisedExport(
  saved: SavedModel & { readonly family: NeuralFamily },
): Promise<EncodedGraph> {
  const { copula, network } = readLatentModel(saved.family, saved);
  const ranges = await measureSamplerRanges(copula, neuralFamilies[saved.family].buildSampler(network, samplerBatch));
  const { outputs, weights } = createModelExport(saved);
  return encodeQuantised(outputs, weights, ranges);
}

function withDescription(
  { marginals, correlation, expression }: FactorCopulaParameters,
  graph: ExportGraph,
): ModelExport {
  const { clinical, deathHazard, censoringHazard, grid } = marginals;
  const hazard = ({ knotsDays, hazards }: typeof deathHazard) => ({ knotsDays: [...knotsDays], hazards: [...hazards] });
  return {
    ...graph,
    description: {
      batch: samplerBatch,
      batchMeaning: "The first axis of every input and output; one patient a row. Rows do not influence each other.",
      inputs: {
        clinical: {
          variables: clinical,
          meaning: "Latent standard normals of the clinical variables, of the correlation below, under the conditions",
          correlation: [...leadingBlock(correlation, anchorCount(marginals), clinical.length)],
        },
        noise: { meaning: "Independent standard normals" },
        gene_noise: { meaning: "Independent standard normals, one a gene" },
      },
      outputs: {
        ...(marginals.mutationGenes.length > 0 && {
          mutations: { genes: marginals.mutationGenes, values: "0: not mutated, 1: mutated" },
        }),
        ...(marginals.copyNumberGenes.length > 0 && {
          copy_number: { genes: marginals.copyNumberGenes, values: "-2: deep deletion … 2: high amplification" },
        }),
        expression: { genes: expression.genes, unit: expression.unit },
      },
      clinicalMarginals: {
        survival: {
          meaning:
            "Piecewise constant hazards a day, from each knot on. The latent of a time of death t is minus the normal " +
            "quantile of exp(−cumulative hazard(t)); alive at t is a latent above that.",
          death: hazard(deathHazard),
          endOfFollowUp: hazard(censoringHazard),
        },
        quantileTables: {
          meaning:
            "Values at latent levels first + k step, linear between; then the slopes below and above, and the floor.",
          grid,
          age: marginals.ageTable,
          ...(clinical.includes("necrosis") && { necrosis: marginals.necrosisTable }),
        },
        cuts: {
          meaning: "1 where the latent is above",
          metastasis: marginals.metastasisCuts,
          ...(clinical.includes("male") && { male: marginals.maleCuts }),
        },
      },
      randomness: {
        meaning: "Osteon's own noise: Philox 4×32-10 normals, keyed by the seed, counted by the patient and the stream",
        noiseStream: streamId("latent/patient"),
      },
    },
  };
}
