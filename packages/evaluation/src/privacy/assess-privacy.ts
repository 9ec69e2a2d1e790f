import { osteonError } from "@osteon/errors";
import { RandomStream, streamId, adjustByHolm } from "@osteon/numerics";
import { alignCohorts, type AlignedCohorts } from "../input/align-cohorts.ts";
import { countPatients, takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel } from "../input/evaluation-panel.ts";
import { chooseRows } from "../references/choose-rows.ts";
import { attackFile } from "./attack-file.ts";
import { countRecordCopies } from "./copy-risk.ts";
import { judgeAttack, judgeCopies, judgeLikelihoodRatio, judgeTogether, judgeWorstPatient } from "./judge-privacy.ts";
import { attackByLikelihoodRatio, type ShadowRequest } from "./likelihood-ratio-attack.ts";
import { measureMemory } from "./measure-memory.ts";
import type { PrivacyLimits, PrivacyReport } from "./privacy-report.ts";
import { createRecordSpace } from "./record-space.ts";

export interface PrivacyRequest extends AlignedCohorts {
  /** 0 … 2^53 − 1. */
  readonly seed: number;
  /** How to fit a model of the family again; without it the gate cannot pass. */
  readonly shadows?: Pick<ShadowRequest, "shadows" | "folds" | "trainShadow"> & {
    /** Where the shadows are drawn from more than `train`: all whom the released model is trained on. */
    readonly patients?: number;
  };
  readonly limits?: Partial<PrivacyLimits>;
}

const defaultLimits: PrivacyLimits = {
  significance: 0.02,
  negligibleAuc: 0.55,
  noticeableAuc: 0.7,
  noticeableAdvantage: 0.3,
  worstPatient: 0.8,
};
const attackedRecords = 2000;
const smallSide = 30;

/**
 * Attacks a synthetic file, and by shadow models the method that made it, on behalf of every training
 * patient; held-out patients are the control. Deterministic for a seed.
 *
 * @throws evaluation.no-shared-genes, evaluation.unit; evaluation.option for a limit out of range; as
 *   {@link attackByLikelihoodRatio}
 */
export async function assessPrivacy(request: PrivacyRequest): Promise<PrivacyReport> {
  const { seed } = request;
  const limits = completeLimits(request.limits ?? {});
  const cohorts = alignCohorts(request);
  const patients = {
    train: countPatients(cohorts.train),
    holdOut: countPatients(cohorts.holdOut),
    synthetic: countPatients(cohorts.synthetic),
  };
  const space = createRecordSpace([cohorts.train, cohorts.holdOut]);
  const panel = createEvaluationPanel(cohorts.train, cohorts.holdOut, [], seed);
  const rows = chooseRows(patients.synthetic, attackedRecords, new RandomStream(seed, streamId("privacy/records")));
  const released = { ...cohorts, synthetic: takePatients(cohorts.synthetic, rows) };
  const { attacks, secrets } = attackFile(released, space, panel, seed);
  const result = request.shadows
    ? await attackByLikelihoodRatio({ patients: patients.train, ...request.shadows, seed })
    : null;

  const answered = attacks.flatMap(({ outcome }) => (outcome.kind === "unanswered" ? [] : [outcome]));
  const adjusted = adjustByHolm([...answered, ...(result ? [result] : [])].map(({ pValue }) => pValue));
  const reports = attacks.map((attack) => {
    const adjustedPValue = adjusted[answered.findIndex((outcome) => outcome === attack.outcome)] ?? null;
    return { ...attack, adjustedPValue, ...judgeAttack(attack.outcome, adjustedPValue, limits) };
  });
  const shadowPValue = result === null ? null : adjusted[answered.length]!;
  const likelihoodRatio = {
    result,
    adjustedPValue: shadowPValue,
    ...judgeLikelihoodRatio(result, shadowPValue, limits),
  };
  const input = (cohort: EvaluationCohort) => new EvaluationInput(cohort, panel);
  const { copies: ofExpression } = measureMemory(
    input(cohorts.train),
    input(cohorts.holdOut),
    input(cohorts.synthetic),
  );
  const counted = countRecordCopies(space, cohorts, ofExpression);
  const copies = { ...counted, ...judgeCopies(counted) };
  const worstPatient = judgeWorstPatient(result, limits);
  return {
    formatVersion: 1,
    seed,
    limits,
    patients,
    attackedRecords: rows.length,
    copies,
    attacks: reports,
    secrets,
    likelihoodRatio,
    worstPatient,
    gate: judgeTogether([
      ["copies", copies],
      ...reports.map((report) => [report.title, report] as const),
      ["likelihood ratio", likelihoodRatio],
      ["worst patient", worstPatient],
    ]),
    statements: stateSizes(patients),
  };
}

function completeLimits(given: Partial<PrivacyLimits>): PrivacyLimits {
  const limits = { ...defaultLimits, ...given };
  for (const [option, actual] of Object.entries(limits)) {
    if (!(actual > 0 && actual < 1)) {
      throw osteonError("evaluation.option", { option, actual, allowed: "between 0 and 1" });
    }
  }
  return limits;
}

function stateSizes({ train, holdOut, synthetic }: PrivacyReport["patients"]): readonly string[] {
  return [
    ["training patients", train],
    ["held-out patients", holdOut],
    ["synthetic records", synthetic],
  ].flatMap(([what, count]) =>
    Number(count) < smallSide ? [`with ${count} ${what} every figure here is uncertain: read its interval`] : [],
  );
}
