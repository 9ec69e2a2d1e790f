import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { fitAnchorCorrelation } from "./anchor-correlation.ts";
import { computeStatistics, type CopulaStatistics, type PatientLatents } from "./copula-statistics.ts";
import { fitExpressionMarginals, latentsOfExpression } from "./expression-marginals.ts";
import { cisAnchorsOf } from "./cis-anchors.ts";
import { combineEffects, regressOnAnchors } from "./expression-regression.ts";
import { anchorCount, latentBoundsOf } from "./latent-bounds.ts";
import { tieFactorsToClinical } from "./factor-regression.ts";
import { createLoadingPrior, locateGeneSets } from "./loading-prior.ts";
import { composeLoadings } from "./loadings.ts";
import { fitMarginals } from "./marginals.ts";
import { FactorCopulaModel } from "./model.ts";
import { packExpression } from "./pack-expression.ts";
import { selectRank, type RankChoice } from "./rank-selection.ts";
import { findResidualDirections } from "./residual-directions.ts";
import { createSketch } from "./sketch.ts";

/** Options of {@link fitFactorCopula}; each has a default. */
export interface FactorCopulaOptions {
  readonly seed: number;
  /**
   * Genes known to act together, towards which the factors of expression are shrunk. Without any, the factors
   * are the sample's principal directions, which tell more of the patients they were fitted to.
   */
  readonly geneSets?: readonly { readonly genes: readonly string[] }[];
  /** Folds of the cross-validation that chooses the rank and how much is shrunk; 2 to the number of patients. */
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
/** Fewest patients with a value of a gene: fewer would show their values in its distribution. */
const fewestPatientsOfGene = 10;

/**
 * Fits the factor copula to a cohort that holds just the genes to be modelled. Censored times enter as
 * intervals, unknown values as unknown.
 *
 * @throws `generator.too-few-patients`, `generator.no-data`, `generator.option`
 */
export function fitFactorCopula(cohort: Cohort, options: FactorCopulaOptions): FactorCopulaFit {
  assertFittable(cohort);
  const settings = resolveOptions(options, cohort.patientIds.length);
  options.onProgress?.("marginals");
  const marginals = fitMarginals(cohort);
  const expressionMarginals = fitExpressionMarginals(cohort.expression, marginals.grid);

  options.onProgress?.("anchors");
  const anchors = anchorCount(marginals);
  const anchorFit = fitAnchorCorrelation(latentBoundsOf(cohort, marginals), {
    seed: options.seed,
    clinicalCount: marginals.clinical.length,
    clinicalShrinkage: settings.clinicalShrinkage,
    genomicShrinkage: settings.genomicShrinkage,
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
  const geneSets = locateGeneSets(cohort.expression.genes, options.geneSets ?? []);
  const { folds, largestRank, sketchWidth } = settings;
  const rankChoice = selectRank(latents, anchorFit.correlation, {
    seed: options.seed,
    folds,
    largestRank,
    sketchWidth: Math.min(sketchWidth, selectionSketchWidth),
    cisAnchors,
    geneSets,
    ...(options.signal && { signal: options.signal }),
  });

  options.onProgress?.("expression");
  const everyone = Uint32Array.from({ length: patients }, (_, i) => i);
  const statistics = computeStatistics(latents, everyone, createSketch(options.seed, genes, patients, sketchWidth));
  const effects = regressOnAnchors(statistics, cisAnchors);
  const coefficients = combineEffects(effects, rankChoice.effectShare, cisAnchors);
  const residual = findResidualDirections(
    statistics,
    coefficients,
    anchorFit.correlation,
    Math.max(1, rankChoice.rank),
  );
  const prior = createLoadingPrior(genes, geneSets);
  const untied = composeLoadings(coefficients, residual, rankChoice.rank, prior && { prior, patients });
  const loadings = tieFactorsToClinical(untied, statistics, anchorFit.correlation, marginals.clinical.length);
  const model = new FactorCopulaModel({
    marginals,
    correlation: anchorFit.correlation,
    expression: packExpression(cohort.expression, expressionMarginals, loadings, anchors),
  });
  return { model, statistics, rankChoice };
}

/** Choosing the rank solves the fit many times over; it needs the directions less exactly than the fit itself. */
const selectionSketchWidth = 256;

/** @throws `generator.option` naming the one that is out of range */
function resolveOptions(options: FactorCopulaOptions, patients: number) {
  const settings = {
    folds: options.folds ?? 5,
    largestRank: options.largestRank ?? 40,
    sketchWidth: options.sketchWidth ?? 512,
    clinicalShrinkage: options.clinicalShrinkage ?? 1,
    genomicShrinkage: options.genomicShrinkage ?? 8,
  };
  const { folds, largestRank, sketchWidth, clinicalShrinkage, genomicShrinkage } = settings;
  const require = (option: string, allowed: string, isAllowed: boolean) => {
    if (!isAllowed) throw osteonError("generator.option", { option, allowed });
  };
  require("folds", "a whole number of 2 to half of the patients", Number.isInteger(folds) &&
    folds >= 2 &&
    folds <= patients / 2);
  require("largestRank", "a whole number of 0 or more", Number.isInteger(largestRank) && largestRank >= 0);
  require("sketchWidth", "a whole number of 2 or more", Number.isInteger(sketchWidth) && sketchWidth >= 2);
  require("clinicalShrinkage", "above 0 patients", clinicalShrinkage > 0);
  require("genomicShrinkage", "above 0 patients", genomicShrinkage > 0);
  return settings;
}

function assertFittable({ clinical, patientIds, expression }: Cohort): void {
  const patients = patientIds.length;
  if (patients < fewestPatients) {
    throw osteonError("generator.too-few-patients", { patients, minimum: fewestPatients });
  }
  const genes = expression.genes.length;
  if (genes < 2) {
    throw osteonError("generator.no-data", { what: "two genes with expression", found: genes });
  }
  const measured = new Float64Array(genes);
  const withExpression = new Set<number>();
  expression.values.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    measured[at % genes]!++;
    withExpression.add(Math.floor(at / genes));
  });
  const known = {
    "a known survival": clinical.event.filter((event) => event >= 0).length,
    "a known age": clinical.ageYears.filter((age) => !Number.isNaN(age)).length,
    "a known metastasis status": clinical.metastasis.filter((code) => code >= 0).length,
    "measured expression": withExpression.size,
  };
  for (const [what, found] of Object.entries(known)) {
    if (found < fewestPatients) {
      throw osteonError("generator.no-data", { what: `${fewestPatients} patients with ${what}`, found });
    }
  }
  const unmeasured = measured.filter((count) => count < fewestPatientsOfGene).length;
  if (unmeasured > 0) {
    throw osteonError("generator.no-data", {
      what: `every expression gene measured in ${fewestPatientsOfGene} patients`,
      found: `${unmeasured} that are not`,
    });
  }
}
