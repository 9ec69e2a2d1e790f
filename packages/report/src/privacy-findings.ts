/** What the report shows of a privacy assessment; the assessment itself may hold more. */
export interface PrivacyFindings {
  readonly patients: { readonly train: number; readonly holdOut: number; readonly synthetic: number };
  readonly gate: { readonly verdict: PrivacyVerdict; readonly reasons: readonly string[] };
  readonly copies: Judgement;
  readonly attacks: readonly AttackFinding[];
  readonly secrets: readonly SecretFinding[];
  readonly likelihoodRatio: Judgement & { readonly result: LikelihoodRatioFinding | null };
  readonly worstPatient: Judgement;
  readonly limits: { readonly significance: number; readonly worstPatient: number };
  /** What must be said of the figures at this number of patients. */
  readonly statements: readonly string[];
}

export type PrivacyVerdict = "passes" | "fails" | "cannot tell";

export interface Judgement {
  readonly verdict: PrivacyVerdict;
  readonly reading: string;
}

interface ValueInterval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface AttackFinding extends Judgement {
  readonly name: string;
  readonly title: string;
  readonly outcome: RankingFinding | RateFinding | UnansweredFinding;
}

interface RankingFinding {
  readonly kind: "ranking";
  readonly auc: ValueInterval;
  readonly nullRange: readonly [number, number];
}

interface RateFinding {
  readonly kind: "rate";
  readonly main: number;
  readonly control: number;
  readonly risk: ValueInterval;
  /** Of main − control. */
  readonly nullRange: readonly [number, number];
}

interface UnansweredFinding {
  readonly kind: "unanswered";
  readonly reason: string;
}

/** One attribute that an attacker guessed. */
interface SecretFinding {
  readonly name: string;
  readonly main: number;
  readonly control: number;
  readonly risk: ValueInterval;
}

export interface LikelihoodRatioFinding {
  readonly patients: number;
  readonly shadows: number;
  readonly auc: ValueInterval;
  readonly meanNullRange: readonly [number, number];
  readonly truePositiveRates: readonly (ValueInterval & { readonly falsePositiveRate: number })[];
  /** By falling risk; the rank is all that is told of who it is. */
  readonly patientRisks: readonly {
    readonly rank: number;
    readonly correct: number;
    readonly lower: number;
    readonly upper: number;
  }[];
  readonly worstPatient: { readonly correct: number; readonly lower: number; readonly upper: number };
}
