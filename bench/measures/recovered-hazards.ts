import { simulateDemonstrationCohort, type Cohort, type DemonstrationTruth } from "@osteon/cohort";
import { estimateKaplanMeier, fitCoxModel, readSurvivalAt } from "@osteon/survival";
import { selectPatients } from "@osteon/cohort";

/** A hazard ratio in truth, in the patients trained on (with its 95 % interval) and in synthetic ones. */
export interface RecoveredHazardRatio {
  readonly name: string;
  readonly truth: number;
  readonly training: number;
  readonly lower: number;
  readonly upper: number;
  readonly synthetic: number;
}

/** Share alive after three years. */
export interface RecoveredSurvival {
  readonly stratum: keyof DemonstrationTruth["threeYearSurvival"];
  readonly truth: number;
  readonly training: number;
  readonly synthetic: number;
}

const referencePatients = 40_000;
const referenceSeed = 987_654;
const threeYearsDays = 1096;

/**
 * Hazard ratios by Cox. That of metastasis alone has its known value; those adjusted for each other are
 * what the same Cox model finds in 40,000 other patients of the simulation, since immune response is seen
 * through its genes only, as an analyst sees it.
 */
export function compareHazardRatios(
  training: Cohort,
  synthetic: Cohort,
  truth: DemonstrationTruth,
): RecoveredHazardRatio[] {
  const reference = simulateReference(truth);
  const score = immuneScorer(truth, training.expression.genes, reference);
  const adjusted = [reference, training, synthetic].map((cohort) => fitAdjusted(cohort, score(cohort)));
  const alone = [training, synthetic].map(({ clinical }) =>
    converged(fitCoxModel(clinical.survivalTimeDays, clinical.event, Float64Array.from(clinical.metastasis), 1)),
  );
  const rows: RecoveredHazardRatio[] = [
    {
      name: "metastasis alone",
      truth: truth.marginalHazardRatios.metastasis,
      training: alone[0]!.hazardRatios[0]!,
      lower: alone[0]!.lower[0]!,
      upper: alone[0]!.upper[0]!,
      synthetic: alone[1]!.hazardRatios[0]!,
    },
  ];
  ["metastasis, adjusted", "age by ten years, adjusted", "immune genes by one deviation, adjusted"].forEach(
    (name, k) => {
      rows.push({
        name,
        truth: adjusted[0]!.hazardRatios[k]!,
        training: adjusted[1]!.hazardRatios[k]!,
        lower: adjusted[1]!.lower[k]!,
        upper: adjusted[1]!.upper[k]!,
        synthetic: adjusted[2]!.hazardRatios[k]!,
      });
    },
  );
  return rows;
}

/** Three-year survival, overall and by metastasis, by Kaplan–Meier. */
export function compareThreeYearSurvival(
  training: Cohort,
  synthetic: Cohort,
  truth: DemonstrationTruth,
): RecoveredSurvival[] {
  return (["all", "metastatic", "localised"] as const).map((stratum) => {
    const survivalOf = (cohort: Cohort) => {
      const wanted = stratum === "metastatic" ? 1 : 0;
      const rows = [...cohort.patientIds.keys()].filter(
        (row) => stratum === "all" || cohort.clinical.metastasis[row] === wanted,
      );
      const { survivalTimeDays, event } = selectPatients(cohort, rows).clinical;
      return readSurvivalAt(estimateKaplanMeier(survivalTimeDays, event), [threeYearsDays])[0]!;
    };
    return {
      stratum,
      truth: truth.threeYearSurvival[stratum],
      training: survivalOf(training),
      synthetic: survivalOf(synthetic),
    };
  });
}

function simulateReference(truth: DemonstrationTruth): Cohort {
  const immune = new Set(truth.pathways["immuneResponse"]);
  // Fewer genes are the first of more.
  const genes = truth.genes.findLastIndex(({ symbol }) => immune.has(symbol)) + 1;
  return simulateDemonstrationCohort({ patients: referencePatients, genes, seed: referenceSeed, complete: true })
    .cohort;
}

/** Mean of the immune genes in their true units, in deviations of the reference patients. */
function immuneScorer(truth: DemonstrationTruth, modelled: readonly string[], reference: Cohort) {
  const immune = new Set(truth.pathways["immuneResponse"]);
  const genes = truth.genes.filter(({ symbol }) => immune.has(symbol) && modelled.includes(symbol));
  const rawScores = ({ patientIds, expression }: Cohort) => {
    const columns = genes.map(({ symbol }) => expression.genes.indexOf(symbol));
    return Float64Array.from(patientIds, (_, i) => {
      let sum = 0;
      let known = 0;
      columns.forEach((column, k) => {
        const value = expression.values[i * expression.genes.length + column]!;
        if (Number.isNaN(value)) return;
        sum += (value - genes[k]!.mean) / genes[k]!.deviation;
        known++;
      });
      return sum / known;
    });
  };
  const scores = rawScores(reference);
  const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, value) => sum + (value - mean) ** 2, 0) / scores.length);
  return (cohort: Cohort) => rawScores(cohort).map((value) => (value - mean) / deviation);
}

function fitAdjusted({ clinical }: Cohort, immune: Float64Array) {
  const covariates = Float64Array.from({ length: 3 * immune.length }, (_, at) => {
    const i = Math.floor(at / 3);
    return [clinical.metastasis[i]!, clinical.ageYears[i]! / 10, immune[i]!][at % 3]!;
  });
  return converged(fitCoxModel(clinical.survivalTimeDays, clinical.event, covariates, 3));
}

function converged(fit: ReturnType<typeof fitCoxModel>) {
  if (fit.status !== "converged") throw new Error(`no hazard ratio: ${fit.status}`);
  return fit;
}
