import type { AttackOutcome } from "./attack-outcome.ts";
import type { SecretReport } from "./attribute-inference.ts";
import type { CopyReport } from "./copy-risk.ts";
import type { LikelihoodRatioAttack } from "./likelihood-ratio-attack.ts";

/** "cannot tell": nothing was found, and at this n a leak that matters would not have been. */
export type PrivacyVerdict = "passes" | "fails" | "cannot tell";

export interface Judgement {
  readonly verdict: PrivacyVerdict;
  /** One line that says why. */
  readonly reading: string;
}

/** One attack on the released file with its verdict. */
export type AttackReport = Judgement & {
  /** In snake case, for tables and machines. */
  readonly name: string;
  readonly title: string;
  readonly outcome: AttackOutcome;
  /** By Holm's method over all attacks that were answered; null for one that was not. */
  readonly adjustedPValue: number | null;
};

export interface PrivacyLimits {
  /** Level of all attacks together. Default 0.02: fresh patients have other gates to pass too. */
  readonly significance: number;
  /**
   * AUC up to which an attack that beats chance beyond doubt still gains nothing that matters. Default 0.55: of an
   * attacker who takes 1 % of strangers for patients it finds 1.6 % of the patients, if scores are normal. Without such
   * a bound the more patients there are, the smaller a leak would fail a model.
   */
  readonly negligibleAuc: number;
  /** AUC that must have been noticeable for silence to count. Default 0.7. */
  readonly noticeableAuc: number;
  /** Difference in success between training and held-out patients that must have been. Default 0.3. */
  readonly noticeableAdvantage: number;
  /** Largest share of right answers on the membership of any one patient. Default 0.8. */
  readonly worstPatient: number;
}

/** What a file and its model give away of the training patients. JSON-serialisable; names and shows no patient. */
export interface PrivacyReport {
  readonly formatVersion: 1;
  readonly seed: number;
  readonly limits: PrivacyLimits;
  readonly patients: { readonly train: number; readonly holdOut: number; readonly synthetic: number };
  /** Synthetic records that the attacks used; copies are counted among all. */
  readonly attackedRecords: number;
  readonly copies: CopyReport & Judgement;
  /** On the released file alone. */
  readonly attacks: readonly AttackReport[];
  readonly secrets: readonly SecretReport[];
  /** On the method, by shadow models; `result` null where none were asked for. */
  readonly likelihoodRatio: Judgement & {
    readonly result: LikelihoodRatioAttack | null;
    readonly adjustedPValue: number | null;
  };
  readonly worstPatient: Judgement;
  readonly gate: { readonly verdict: PrivacyVerdict; readonly reasons: readonly string[] };
  /** What must be said of the numbers at this n; empty where nothing. */
  readonly statements: readonly string[];
}
