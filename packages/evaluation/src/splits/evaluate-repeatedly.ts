import type { Cohort } from "@osteon/cohort";
import { OsteonError, osteonError } from "@osteon/errors";
import type { GeneSet } from "@osteon/features";
import { describeFigures, emptyFigures } from "../figures/describe-figures.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel } from "../input/evaluation-panel.ts";
import { judgeLinks } from "../links/judge-links.ts";
import { relabelLinks, type LinkStrengths } from "../links/test-links.ts";
import { allMetrics } from "../metrics/all-metrics.ts";
import { missing, type MetricValue } from "../metrics/metric.ts";
import type { CandidateRole } from "../report/measure-repeats.ts";
import type {
  EvaluationDesign,
  EvaluationFigures,
  EvaluationReport,
  FamilyEvaluation,
  PrivacyVerdict,
} from "../report/evaluation-report.ts";
import { assessSplitMemorisation, describeMemorisation } from "./assess-split-memorisation.ts";
import { describeLimits } from "./describe-limits.ts";
import { evaluateMetrics } from "./evaluate-metrics.ts";
import {
  measureReferences,
  measureSynthetic,
  type ReferenceMeasurement,
  type SyntheticMeasurement,
} from "./measure-split.ts";
import { prepareSplit, type Prepare, type PreparedSplit } from "./prepare-split.ts";
import { decideRelease } from "./release-gate.ts";
import { scoreOverSplits } from "./score-over-splits.ts";

/** One way of making synthetic patients from real ones. */
export interface EvaluatedFamily {
  readonly family: string;
  /** Fits to the training part of a split alone and draws `count` patients with the same genes, given nothing. */
  generate(train: Cohort, split: number, count: number): Cohort | Promise<Cohort>;
}

export interface EvaluationRequest {
  /** All patients, with all their genes. */
  readonly complete: Cohort;
  /** By default the patients are taken as they are. */
  readonly prepare?: Prepare;
  /** That of the released model first: the gate is about it. */
  readonly families: readonly EvaluatedFamily[];
  readonly geneSets: readonly GeneSet[];
  readonly seed: number;
  /** Default 20. */
  readonly splits?: number;
  /** Default 0.3. */
  readonly holdOutFraction?: number;
  /** Of each synthetic file; default 500. Metrics take as many of them as there are training patients. */
  readonly syntheticPatients?: number;
  /** Asked for once the splits are done. Null or absent: not assessed, and so the gate cannot be passed. */
  readonly privacy?: PrivacyVerdict | null | (() => Promise<PrivacyVerdict | null>);
  readonly onProgress?: (message: string, share: number) => void;
  readonly signal?: AbortSignal;
}

/** What was measured in one split; `families` in the request's order, null where a family gave no file. */
interface SplitOutcome {
  readonly references: ReferenceMeasurement;
  readonly families: readonly (SyntheticMeasurement | null)[];
}

const noComparison = 10;
const notGenerated = "the family could not be fitted to so few or such patients";

/**
 * Judges families over repeated stratified splits: in each, all that is fitted is fitted to the training part, and the
 * synthetic file, fresh real patients, a photocopy and independent marginals, all of one size, meet the held-out
 * patients. Deterministic for a seed; a split's values do not depend on how many splits there are.
 *
 * Patients that nothing can be said of are an outcome, not an error: see `limits`. So is a family that cannot be fitted
 * to them.
 *
 * @throws evaluation.option, evaluation.unit, evaluation.no-shared-genes, evaluation.missing-genes; the signal's reason
 */
export async function evaluateRepeatedly(request: EvaluationRequest): Promise<EvaluationReport> {
  const { complete, families, geneSets, seed, splits = 20, holdOutFraction = 0.3, syntheticPatients = 500 } = request;
  const { prepare = () => (cohort: Cohort) => cohort, onProgress, signal, privacy } = request;
  requireCount("splits", splits, 2);
  requireCount("synthetic_patients", syntheticPatients, 10);
  const patients = complete.patientIds.length;
  const held = Math.round(holdOutFraction * patients);
  const limits = new Set(describeLimits(complete));
  const outcomes: SplitOutcome[] = [];
  const figures: (EvaluationFigures | undefined)[] = families.map(() => undefined);
  let first: PreparedSplit | undefined;

  for (let split = 0; split < splits && patients >= noComparison; split++) {
    signal?.throwIfAborted();
    const tell = (what: string) => onProgress?.(`split ${split + 1} of ${splits}: ${what}`, split / splits);
    tell("references");
    const prepared = await tolerate(limits, "Features", () =>
      prepareSplit(complete, split, { holdOutFraction, seed, prepare, geneSets, syntheticPatients }),
    );
    if (prepared === null) continue;
    first ??= prepared;
    const references = measureReferences(prepared, allMetrics);
    tell(families.map(({ family }) => family).join(", "));
    // Side by side, as networks train in threads of their own.
    const drawn = await Promise.all(
      families.map((evaluated) =>
        tolerate(limits, evaluated.family, () => evaluated.generate(prepared.train, split, syntheticPatients)),
      ),
    );
    signal?.throwIfAborted();
    const files = drawn.map((synthetic, k) => {
      if (synthetic === null) return null;
      const { file, measured } = measureSynthetic(prepared, synthetic, allMetrics);
      figures[k] ??= describeFigures(prepared, file);
      return measured;
    });
    outcomes.push({ references, families: files });
  }
  if (outcomes.length === 0) limits.add("No split of the patients could be compared.");

  const design: EvaluationDesign = {
    splits: outcomes.length,
    patients,
    deaths: complete.clinical.event.filter((event) => event === 1).length,
    trainPatients: patients - held,
    holdOutPatients: held,
    candidatePatients: Math.min(patients - held, syntheticPatients),
    genes: {
      mutations: (first?.train ?? complete).mutations.genes.length,
      copyNumber: (first?.train ?? complete).copyNumber.genes.length,
      expression: (first?.train ?? complete).expression.genes.length,
    },
    geneSets: { given: geneSets.length, measured: first?.panel.measuredSets.length ?? 0 },
    simulatedPatients: complete.simulated,
  };
  const panel = createEvaluationPanel(complete, complete, geneSets, seed);
  const realLinks = relabelLinks(new EvaluationInput(complete, panel), seed, splits);
  const evaluated = families.map(({ family }, k) =>
    evaluateFamily(family, outcomes, k, { design, realLinks, figures: figures[k] ?? emptyFigures(notGenerated) }),
  );
  return {
    formatVersion: 4,
    seed,
    design,
    families: evaluated,
    gate: decideRelease(evaluated[0], design, (typeof privacy === "function" ? await privacy() : privacy) ?? null),
    limits: [...limits],
  };
}

function evaluateFamily(
  family: string,
  outcomes: readonly SplitOutcome[],
  place: number,
  {
    design,
    realLinks,
    figures,
  }: {
    readonly design: EvaluationDesign;
    readonly realLinks: readonly LinkStrengths[];
    readonly figures: EvaluationFigures;
  },
): FamilyEvaluation {
  const valueOf = (outcome: SplitOutcome, role: CandidateRole, metric: number): MetricValue => {
    const { references, families } = outcome;
    if (role === "freshReal") return references.freshReal[metric]!;
    const file = role === "synthetic" ? families[place] : references[role];
    return file?.values[metric] ?? missing(notGenerated);
  };
  const { metrics, calibrations } = evaluateMetrics(
    allMetrics.map((metric, k) => {
      const of = (role: CandidateRole) => outcomes.map((outcome) => valueOf(outcome, role, k));
      const values = {
        synthetic: of("synthetic"),
        freshReal: of("freshReal"),
        photocopy: of("photocopy"),
        floor: of("floor"),
      };
      return { metric, values };
    }),
    design,
  );
  const files = outcomes.flatMap(({ families }) => families[place] ?? []);
  const memorisation = assessSplitMemorisation(
    files,
    outcomes.map(({ references }) => references),
    design,
  );
  const beyondReal = metrics
    .filter(({ group }, k) => group !== "seed" && calibrations[k]!.beyondReal)
    .map(({ name }) => name);
  return {
    family,
    metrics,
    biologicalScore: scoreOverSplits(metrics, calibrations, design),
    memorisation,
    memorisationFlags: describeMemorisation(memorisation, beyondReal),
    links: judgeLinks(
      realLinks,
      files.map(({ links }) => links),
    ),
    figures,
  };
}

/** What cannot be fitted to the patients there are is told; every other fault goes on its way. */
async function tolerate<T>(limits: Set<string>, what: string, work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OsteonError) || error.definition.category !== "input") throw error;
    if (error.code.startsWith("evaluation.")) throw error;
    limits.add(`${what}: ${error.message}.`.replace(/(?<!\.)\.+$/, "."));
    return null;
  }
}

function requireCount(option: string, actual: number, least: number): void {
  if (Number.isInteger(actual) && actual >= least) return;
  throw osteonError("evaluation.option", { option, actual, allowed: `a whole number from ${least} on` });
}
