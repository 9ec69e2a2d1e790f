import { RandomStream, streamId } from "@osteon/numerics";
import { copyNumberProbabilities } from "./alterations.ts";
import { varianceOfSum, weightsOf, type LatentModel, type Weight } from "./latent-model.ts";
import { demonstrationPathwayNames, demonstrationPathways } from "./pathways.ts";

/** How one gene's expression arises: latent standard normal, then log2(TPM+1) = max(0, mean + deviation · z). */
export interface ExpressionGene {
  readonly symbol: string;
  readonly mean: number;
  readonly deviation: number;
  /** Latent variables that act on the gene. */
  readonly weights: readonly Weight[];
  readonly noise: number;
  /** Below this latent value the gene counts as not expressed: 0. −Infinity for most genes. */
  readonly silentBelow: number;
  /** Probability that a patient's value is missing. */
  readonly missing: number;
}

/** One standard deviation of a gene's own copy number moves its expression by this many. */
const dosageWeight = 0.45;

/** Base of the fixed parameters: the truth is the same for every seed of patients. */
const parameterSeed = 20_240_601;

/**
 * The genes, pathways first and in turn (the first gene of each, then the second …), then the copy-number
 * drivers that no pathway holds, then background genes `SIM00001` …, which are no genes of anybody. Each
 * gene's parameters depend on its symbol alone, so that fewer genes are the first of more.
 */
export function chooseExpressionGenes(count: number, model: LatentModel): ExpressionGene[] {
  const pathwayOf = new Map<string, string>();
  const longest = Math.max(...demonstrationPathwayNames.map((name) => demonstrationPathways[name].length));
  for (let rank = 0; rank < longest; rank++) {
    for (const name of demonstrationPathwayNames) {
      const symbol = demonstrationPathways[name][rank];
      if (symbol !== undefined) pathwayOf.set(symbol, `pathway:${name}`);
    }
  }
  const named = [...new Set([...pathwayOf.keys(), ...Object.keys(copyNumberProbabilities)])];
  return Array.from({ length: count }, (_, index) => {
    const symbol = named[index] ?? `SIM${String(index - named.length + 1).padStart(5, "0")}`;
    return describeGene(symbol, pathwayOf.get(symbol), model);
  });
}

function describeGene(symbol: string, pathway: string | undefined, model: LatentModel): ExpressionGene {
  const stream = new RandomStream(parameterSeed, streamId(`demonstration gene ${symbol}`));
  const parents: Record<string, number> = {};
  const strength = stream.nextUniform();
  const which = stream.nextUniform();
  if (pathway !== undefined) parents[pathway] = 0.5 + 0.3 * strength;
  else if (which < 0.4) parents[programs[Math.floor(which * 10)]!] = 0.15 + 0.4 * strength;
  if (Object.hasOwn(copyNumberProbabilities, symbol)) parents[`copyNumber:${symbol}`] = dosageWeight;
  const wanted = weightsOf(parents, model.positions);
  const variance = varianceOfSum(wanted, model.correlations, model.names.length);
  const shrink = variance > 0.85 ? Math.sqrt(0.85 / variance) : 1;
  const weights = wanted.map(({ position, weight }) => ({ position, weight: weight * shrink }));
  const isNamed = !symbol.startsWith("SIM");
  const level = stream.nextUniform();
  const rarity = stream.nextUniform();
  // Named genes are well measured; of the background a quarter is hardly expressed, as in bulk RNA.
  const mean = isNamed ? 3 + 6 * level : level < 0.25 ? 2 * level : 0.5 + 9 * (level - 0.2);
  const deviation = 0.45 + 0.9 * stream.nextUniform();
  const silent = !isNamed && rarity < 0.08;
  const unreliable = stream.nextUniform();
  return {
    symbol,
    mean,
    deviation,
    weights,
    noise: Math.sqrt(1 - variance * shrink * shrink),
    silentBelow: silent ? -0.8 + 1.6 * stream.nextUniform() : -Infinity,
    missing: isNamed || unreliable > 0.06 ? 0 : unreliable < 0.01 ? 0.35 : 0.025,
  };
}

const programs = ["program:proliferation", "program:stroma", "program:instability", "pathway:immuneResponse"] as const;
