import { osteonError } from "@osteon/errors";
import { copyNumberProbabilities, mutationFrequencies, type CopyNumberProbabilities } from "./alterations.ts";
import type { ExpressionGene } from "./expression-genes.ts";
import type { LatentModel, Weight } from "./latent-model.ts";
import { demonstrationPathwayNames, demonstrationPathways } from "./pathways.ts";
import { latentNodes } from "./structure.ts";
import { demonstrationBaseline, demonstrationHazardRatios } from "./survival-model.ts";

/** One arrow of the simulation: the latent standard normal `to` gets `weight` times the latent `from`. */
export interface LatentEffect {
  readonly from: string;
  readonly to: string;
  readonly weight: number;
}

/**
 * All that the demonstration cohort was made from, for tests of estimators. Latent variables are
 * standard normal; see {@link latentCorrelation} for the correlation of any two.
 */
export interface DemonstrationTruth {
  /** Share of patients with metastasis at diagnosis. */
  readonly metastasisFrequency: number;
  readonly mutationFrequencies: Readonly<Record<string, number>>;
  readonly copyNumberProbabilities: Readonly<Record<string, CopyNumberProbabilities>>;
  /** Genes of each pathway among the cohort's genes; a pathway of none is left out. */
  readonly pathways: Readonly<Record<string, readonly string[]>>;
  /** As used: each holds for patients who are equal in the other two. */
  readonly conditionalHazardRatios: typeof demonstrationHazardRatios;
  /**
   * What a Cox model of metastasis alone converges to under this cohort's censoring. It differs from
   * the conditional one since immune response also acts on metastasis, and since hazard ratios do not
   * collapse. Found by simulating a million patients (standard error 0.013); a test repeats it smaller.
   */
  readonly marginalHazardRatios: { readonly metastasis: number };
  /** Share alive after 1,096 days, of all and by metastasis; Kaplan–Meier of the same simulation. */
  readonly threeYearSurvival: { readonly all: number; readonly metastatic: number; readonly localised: number };
  readonly baselineHazard: typeof demonstrationBaseline;
  readonly missingFractions: typeof missingFractions;
  readonly effects: readonly LatentEffect[];
  /** Latent variables below expression, and their correlations (size × size, row-major). */
  readonly latentNames: readonly string[];
  readonly latentCorrelations: Float64Array;
  readonly genes: readonly ExpressionGene[];
  /** Latent values of each patient, row-major: patient i, variable v is `values[i * latentNames.length + v]`. */
  readonly latentValues: Float64Array;
}

/** Shares of patients whose values are missing, completely at random. */
export const missingFractions = {
  mutations: 0.04,
  copyNumber: 0.03,
  expression: 0.03,
  metastasis: 0.02,
  sex: 0.01,
  necrosis: 0.3,
} as const;

export const metastasisFrequency = 0.235;

export function describeTruth(
  model: LatentModel,
  genes: readonly ExpressionGene[],
  latentValues: Float64Array,
): DemonstrationTruth {
  const present = new Set(genes.map((gene) => gene.symbol));
  const pathways = demonstrationPathwayNames
    .map((name) => [name, demonstrationPathways[name].filter((symbol) => present.has(symbol))] as const)
    .filter(([, symbols]) => symbols.length > 0);
  return {
    metastasisFrequency,
    mutationFrequencies,
    copyNumberProbabilities,
    pathways: Object.fromEntries(pathways),
    conditionalHazardRatios: demonstrationHazardRatios,
    marginalHazardRatios: { metastasis: 3.67 },
    threeYearSurvival: { all: 0.705, metastatic: 0.42, localised: 0.79 },
    baselineHazard: demonstrationBaseline,
    missingFractions,
    effects: latentNodes.flatMap(({ name, parents }) =>
      Object.entries(parents).map(([from, weight]) => ({ from, to: name, weight })),
    ),
    latentNames: model.names,
    latentCorrelations: model.correlations,
    genes,
    latentValues,
  };
}

/**
 * The true latent correlation of two variables, named as in `latentNames` or `expression:SYMBOL`.
 * A higher latent value means mutated, more copies, metastatic, older, more necrosis, male, more RNA.
 *
 * @throws `cohort.unknown-variable`
 */
export function latentCorrelation(truth: DemonstrationTruth, first: string, second: string): number {
  if (first === second) return 1;
  const size = truth.latentNames.length;
  let sum = 0;
  for (const a of expansionOf(truth, first)) {
    for (const b of expansionOf(truth, second)) {
      sum += a.weight * b.weight * truth.latentCorrelations[a.position * size + b.position]!;
    }
  }
  return sum;
}

function expansionOf(truth: DemonstrationTruth, name: string): readonly Weight[] {
  const gene = name.startsWith("expression:")
    ? truth.genes.find(({ symbol }) => symbol === name.slice("expression:".length))
    : undefined;
  if (gene) return gene.weights;
  const position = truth.latentNames.indexOf(name);
  if (position < 0) throw osteonError("cohort.unknown-variable", { variable: name });
  return [{ position, weight: 1 }];
}
