import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { fitAnchorCorrelation } from "./anchor-correlation.ts";
import { computeStatistics, type CopulaStatistics, type PatientLatents } from "./copula-statistics.ts";
import { padGenes, type ExpressionWeights } from "./expression-decoder.ts";
import { fitExpressionMarginals, latentsOfExpression, type ExpressionMarginals } from "./expression-marginals.ts";
import { solveExpression } from "./expression-regression.ts";
import { anchorCount, latentBoundsOf } from "./latent-bounds.ts";
import { composeLoadings, type ExpressionLoadings } from "./loadings.ts";
import { fitMarginals, type Marginals } from "./marginals.ts";
import { FactorCopulaModel } from "./model.ts";
import { selectRank, type RankChoice } from "./rank-selection.ts";
import { createSketch } from "./sketch.ts";

/** Options of {@link fitFactorCopula}; each has a default. */
export interface FactorCopulaOptions {
  readonly seed: number;
  /** Folds of the cross-validation that chooses rank and ridge. */
  readonly folds?: number;
  /** No more factors than this are tried. */
  readonly largestRank?: number;
  /** Width of the sketch of the genes' second moment. */
  readonly sketchWidth?: number;
  /** Uncorrelated patients added to a correlation between clinical variables. */
  readonly clinicalShrinkage?: number;
  /** Uncorrelated patients added to a correlation with a mutation or a copy number. */
  readonly genomicShrinkage?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: "marginals" | "anchors" | "rank" | "expression") => void;
}

/** A fitted model with what the fit found on its way. */
export interface FactorCopulaFit {
  readonly model: FactorCopulaModel;
  /** Additive over patients, given the marginals and the anchors' correlation. Patient-level data. */
  readonly statistics: CopulaStatistics;
  readonly rankChoice: RankChoice;
}

/** Fewest patients with known survival, age and metastasis that anything can be fitted on. */
const fewestPatients = 20;

/**
 * Fits the factor copula to a cohort that holds just the genes to be modelled. Censored times enter as
 * intervals, unknown values as unknown.
 *
 * @throws `generator.too-few-patients`, `generator.no-anchor-data`
 */
export function fitFactorCopula(cohort: Cohort, options: FactorCopulaOptions): FactorCopulaFit {
  assertFittable(cohort);
  options.onProgress?.("marginals");
  const marginals = fitMarginals(cohort);
  const expressionMarginals = fitExpressionMarginals(cohort.expression, marginals.grid);

  options.onProgress?.("anchors");
  const anchors = anchorCount(marginals);
  const anchorFit = fitAnchorCorrelation(latentBoundsOf(cohort, marginals), {
    seed: options.seed,
    clinicalCount: marginals.clinical.length,
    clinicalShrinkage: options.clinicalShrinkage ?? 1,
    genomicShrinkage: options.genomicShrinkage ?? 8,
    ...(options.signal && { signal: options.signal }),
  });

  options.onProgress?.("rank");
  const patients = cohort.patientIds.length;
  const genes = cohort.expression.genes.length;
  const latents: PatientLatents = {
    anchorLatents: anchorFit.expected,
    anchors,
    geneLatents: latentsOfExpression(cohort.expression, expressionMarginals),
    genes,
  };
  const cisAnchors = cisAnchorsOf(marginals, cohort.expression.genes);
  const sketchWidth = options.sketchWidth ?? 128;
  const largestRank = options.largestRank ?? 40;
  const rankChoice = selectRank(latents, anchorFit.correlation, {
    seed: options.seed,
    folds: options.folds ?? 5,
    largestRank,
    sketchWidth,
    cisAnchors,
    ...(options.signal && { signal: options.signal }),
  });

  options.onProgress?.("expression");
  const everyone = Uint32Array.from({ length: patients }, (_, i) => i);
  const statistics = computeStatistics(latents, everyone, createSketch(options.seed, genes, patients, sketchWidth));
  const regression = solveExpression(statistics, {
    ridge: rankChoice.ridge,
    largestRank: Math.max(1, rankChoice.rank),
    cisAnchors,
  });
  const loadings = composeLoadings(
    regression,
    anchorFit.correlation,
    anchors,
    Math.min(rankChoice.rank, regression.eigenvalues.length),
    rankChoice.shrinkage,
  );
  const model = new FactorCopulaModel({
    marginals,
    correlation: anchorFit.correlation,
    expression: packExpression(cohort, expressionMarginals, loadings, anchors),
  });
  return { model, statistics, rankChoice };
}

function assertFittable({ clinical, patientIds, expression }: Cohort): void {
  const patients = patientIds.length;
  if (patients < fewestPatients) {
    throw osteonError("generator.too-few-patients", { patients, minimum: fewestPatients });
  }
  if (expression.genes.length < 2) {
    throw osteonError("generator.no-data", { what: "two genes with expression", found: expression.genes.length });
  }
  const known = {
    "a known survival": clinical.event.filter((event) => event >= 0).length,
    "a known age": clinical.ageYears.filter((age) => !Number.isNaN(age)).length,
    "a known metastasis status": clinical.metastasis.filter((code) => code >= 0).length,
  };
  for (const [what, found] of Object.entries(known)) {
    if (found < fewestPatients) {
      throw osteonError("generator.no-data", { what: `${fewestPatients} patients with ${what}`, found });
    }
  }
}

/** For each gene the anchor of its own copy number, or −1. */
function cisAnchorsOf(marginals: Marginals, genes: readonly string[]): Int32Array {
  const first = marginals.clinical.length + marginals.mutationGenes.length;
  const position = new Map(marginals.copyNumberGenes.map((gene, k) => [gene, first + k]));
  return Int32Array.from(genes, (gene) => position.get(gene) ?? -1);
}

function packExpression(
  cohort: Cohort,
  { tables, grid }: ExpressionMarginals,
  { weights, rank, noiseDeviations }: ExpressionLoadings,
  anchors: number,
): ExpressionWeights {
  const { genes, unit } = cohort.expression;
  const padded = padGenes(genes.length);
  const packed = new Float32Array((anchors + rank) * padded);
  for (let row = 0; row < anchors + rank; row++) {
    packed.set(weights.subarray(row * genes.length, (row + 1) * genes.length), row * padded);
  }
  const deviations = new Float32Array(padded);
  deviations.set(noiseDeviations);
  return { genes, unit, grid, rank, weights: packed, noiseDeviations: deviations, tables };
}
