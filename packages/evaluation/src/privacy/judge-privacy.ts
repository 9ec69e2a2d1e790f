import type { AttackOutcome, Interval } from "./attack-outcome.ts";
import type { CopyReport } from "./copy-risk.ts";
import type { LikelihoodRatioAttack } from "./likelihood-ratio-attack.ts";
import type { Judgement, PrivacyLimits, PrivacyVerdict } from "./privacy-report.ts";

/** No copies, exact or near, but where real patients are as near to each other. */
export function judgeCopies({ records, expression, nearAmongHeldOut, closerThanReal }: CopyReport): Judgement {
  if (records.candidates === 0) return { verdict: "cannot tell", reading: "the file has no record" };
  if (expression !== null && expression.near > 0) {
    return {
      verdict: "fails",
      reading: `${expression.near} of ${expression.candidates} records repeat a training patient's expression (${expression.exact} exactly)`,
    };
  }
  if (records.near > 0 && nearAmongHeldOut === 0) {
    return {
      verdict: "fails",
      reading: `${records.near} of ${records.candidates} records repeat a training patient (${records.exact} exactly)`,
    };
  }
  if (records.near > 0) {
    return {
      verdict: "cannot tell",
      reading: `${records.near} of ${records.candidates} records are as near to a training patient as a copy, but so are ${nearAmongHeldOut} held-out patients`,
    };
  }
  const share =
    closerThanReal === null ? "" : `; ${percent(closerThanReal)} are nearer than the nearest 5 % of fresh patients`;
  return { verdict: "passes", reading: `none of ${records.candidates} records repeats a training patient${share}` };
}

/** An attack must not be significantly above its null by more than a trifle, and must have been able to notice what matters. */
export function judgeAttack(outcome: AttackOutcome, adjustedPValue: number | null, limits: PrivacyLimits): Judgement {
  if (outcome.kind === "unanswered") return { verdict: "cannot tell", reading: outcome.reason };
  const ranking = outcome.kind === "ranking";
  const found = ranking
    ? `AUC ${outcome.auc.value.toFixed(2)}, chance reaches ${outcome.nullRange[1].toFixed(2)}`
    : `succeeds on ${percent(outcome.main)} of training and ${percent(outcome.control)} of held-out, chance reaches a difference of ${percent(outcome.nullRange[1])}`;
  if (adjustedPValue !== null && adjustedPValue < limits.significance) {
    return ranking ? judgeSize(outcome.auc, found, limits) : { verdict: "fails", reading: found };
  }
  const noticeable = ranking ? limits.noticeableAuc : limits.noticeableAdvantage;
  // Where an attack never succeeds, chance does not move its rate, and the interval is what tells the size.
  const hidden = ranking ? 0 : outcome.risk.upper * (1 - outcome.control);
  if (Math.max(outcome.nullRange[1], hidden) > noticeable) {
    return {
      verdict: "cannot tell",
      reading: `${found}: ${outcome.members} against ${outcome.others} patients are too few to notice ${ranking ? `an AUC of ${noticeable}` : `a difference of ${percent(noticeable)}`}`,
    };
  }
  return { verdict: "passes", reading: found };
}

/** What is beyond chance fails, unless its whole interval lies where nothing that matters is gained. */
function judgeSize({ upper }: Interval, found: string, { negligibleAuc }: PrivacyLimits): Judgement {
  if (upper > negligibleAuc) return { verdict: "fails", reading: found };
  return {
    verdict: "passes",
    reading: `${found}, and it is surely under ${negligibleAuc}, up to which next to nothing is gained`,
  };
}

const notAttacked = "no shadow models were trained";

/** The same for the attack by shadow models, whose null is that of its mean over the shadows. */
export function judgeLikelihoodRatio(
  result: LikelihoodRatioAttack | null,
  adjustedPValue: number | null,
  limits: PrivacyLimits,
): Judgement {
  if (result === null || adjustedPValue === null) return { verdict: "cannot tell", reading: notAttacked };
  const reach = result.meanNullRange[1];
  const found = `AUC ${result.auc.value.toFixed(2)}, chance reaches ${reach.toFixed(2)}`;
  if (adjustedPValue < limits.significance) return judgeSize(result.auc, found, limits);
  return { verdict: reach > limits.noticeableAuc ? "cannot tell" : "passes", reading: found };
}

/** Every patient's risk must be below the bound with confidence; one surely above it fails. */
export function judgeWorstPatient(result: LikelihoodRatioAttack | null, limits: PrivacyLimits): Judgement {
  if (result === null) return { verdict: "cannot tell", reading: notAttacked };
  const { correct, lower, upper } = result.worstPatient;
  const found = `the membership of the patient at most risk is told rightly in ${percent(correct)} of ${result.shadows} models`;
  const bound = percent(limits.worstPatient);
  if (lower > limits.worstPatient) return { verdict: "fails", reading: `${found}, surely more than ${bound}` };
  if (upper > limits.worstPatient) {
    return { verdict: "cannot tell", reading: `${found}: it may be ${percent(upper)}, and the bound is ${bound}` };
  }
  return { verdict: "passes", reading: `${found}; for nobody more than ${percent(upper)}, and the bound is ${bound}` };
}

/** Fails if anything fails; otherwise cannot tell if anything cannot: an attack not made is not survived. */
export function judgeTogether(parts: readonly (readonly [name: string, Judgement])[]): {
  readonly verdict: PrivacyVerdict;
  readonly reasons: readonly string[];
} {
  const verdict = (["fails", "cannot tell"] as const).find((worst) => parts.some(([, part]) => part.verdict === worst));
  if (verdict === undefined) return { verdict: "passes", reasons: [] };
  return {
    verdict,
    reasons: parts.filter(([, part]) => part.verdict === verdict).map(([name, { reading }]) => `${name}: ${reading}`),
  };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
