import { multiplyMatrices, transposeMatrix } from "@osteon/numerics";
import type { BiologicalTerms, LinearForms } from "../diffusion/biological-terms.ts";
import { leadingBlock } from "../factor-copula/correlation-matrices.ts";
import { anchorCount } from "../factor-copula/latent-bounds.ts";
import { locateGeneSets } from "../factor-copula/loading-prior.ts";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import type { LatentSpace } from "./latent-space.ts";

/** Weights of the biological terms of a network's loss; a term left out has none. */
export interface BiologicalWeights {
  readonly pathwayCoherence?: number;
  readonly mutationDirections?: number;
  readonly survival?: number;
}

/** A mutation and a pathway whose correlation under the copula is weaker than this have no direction to keep. */
const leastCorrelation = 0.15;
const fewestGenes = 5;

/** What the terms look at, as linear forms of a fitted copula's coordinates. */
export function createBiologicalTerms(
  copula: FactorCopulaParameters,
  space: LatentSpace,
  geneSets: readonly { readonly genes: readonly string[] }[],
  weights: BiologicalWeights,
): BiologicalTerms {
  const pathways = pathwayForms(copula, space, geneSets);
  const pairs = directedPairs(space, copula.marginals.mutationCuts.length, pathways);
  return {
    ...(weights.pathwayCoherence && pathways.count > 0
      ? { pathwayCoherence: { weight: weights.pathwayCoherence, pathways } }
      : {}),
    ...(weights.mutationDirections && pairs.signs.length > 0
      ? { mutationDirections: { weight: weights.mutationDirections, ...pairs } }
      : {}),
    ...(weights.survival
      ? {
          survival: {
            weight: weights.survival,
            prediction: survivalForm(copula, space),
            condition: copula.marginals.clinical.indexOf("survival"),
          },
        }
      : {}),
  };
}

/** Mean normal score of a set's genes, of variance 1 under the copula. */
function pathwayForms(
  { expression, marginals }: FactorCopulaParameters,
  space: LatentSpace,
  geneSets: readonly { readonly genes: readonly string[] }[],
): LinearForms {
  const sets = locateGeneSets(expression.genes, geneSets).filter((set) => set.length >= fewestGenes);
  const { genomic, factors } = space;
  const width = expression.noiseDeviations.length;
  const rows = genomic + factors;
  const raw = new Float64Array(rows * sets.length);
  sets.forEach((set, s) => {
    for (let row = 0; row < rows; row++) {
      const from = (marginals.clinical.length + row) * width;
      for (const gene of set) raw[row * sets.length + s]! += expression.weights[from + gene]! / set.length;
    }
  });
  return scaleForms(toCoordinates(raw, space, sets.length), sets.length);
}

/** Every mutation with every pathway that it is clearly correlated with. */
function directedPairs(space: LatentSpace, mutations: number, pathways: LinearForms) {
  const { genomic } = space;
  const dimensions = genomic + space.factors;
  const own = new Float64Array(dimensions * mutations);
  for (let m = 0; m < mutations; m++) own[m * mutations + m] = 1;
  const forms = toCoordinates(own, space, mutations);
  const form = ({ coefficients, count }: LinearForms, k: number) =>
    Float32Array.from({ length: dimensions }, (_, row) => coefficients[row * count + k]!);
  const chosen: { mutation: Float32Array; pathway: Float32Array; sign: number }[] = [];
  for (let m = 0; m < mutations; m++) {
    const mutation = form({ coefficients: Float32Array.from(forms), count: mutations }, m);
    for (let s = 0; s < pathways.count; s++) {
      const pathway = form(pathways, s);
      const correlation = mutation.reduce((sum, value, k) => sum + value * pathway[k]!, 0);
      if (Math.abs(correlation) >= leastCorrelation) chosen.push({ mutation, pathway, sign: Math.sign(correlation) });
    }
  }
  const pack = (columns: readonly Float32Array[]): LinearForms => {
    const coefficients = new Float32Array(dimensions * columns.length);
    columns.forEach((column, k) => column.forEach((value, row) => (coefficients[row * columns.length + k] = value)));
    return { count: columns.length, coefficients };
  };
  return {
    mutations: pack(chosen.map(({ mutation }) => mutation)),
    pathways: pack(chosen.map(({ pathway }) => pathway)),
    signs: Float32Array.from(chosen, ({ sign }) => sign),
  };
}

/** The regression of the survival latent on the coordinates: its covariances, since these are uncorrelated. */
function survivalForm({ marginals, correlation }: FactorCopulaParameters, space: LatentSpace): LinearForms {
  const { clinical, law } = space;
  const dimensions = law.variances.length;
  const among = leadingBlock(correlation, anchorCount(marginals), clinical);
  const survival = marginals.clinical.indexOf("survival");
  const row = among.subarray(survival * clinical, (survival + 1) * clinical);
  const form = multiplyMatrices(row, Float64Array.from(law.regression), 1, clinical, dimensions);
  return { count: 1, coefficients: Float32Array.from(form) };
}

/** Forms of raw latents (dimensions × count) as forms of the coordinates. */
function toCoordinates(raw: Float64Array, { genomic, turnBack }: LatentSpace, count: number): Float64Array {
  const turned = multiplyMatrices(
    transposeMatrix(turnBack, genomic, genomic),
    raw.slice(0, genomic * count),
    genomic,
    genomic,
    count,
  );
  const forms = raw.slice();
  forms.set(turned);
  return forms;
}

function scaleForms(forms: Float64Array, count: number): LinearForms {
  const sizes = new Float64Array(count);
  forms.forEach((value, at) => (sizes[at % count]! += value * value));
  return { count, coefficients: Float32Array.from(forms, (value, at) => value / Math.sqrt(sizes[at % count]! || 1)) };
}
