import type { LinkTest } from "../links/test-links.ts";
import type { BiologicalScore, MetricEvaluation, SplitMemorisation } from "./validation-report.ts";

export type { MetricEvaluation, SplitMemorisation };

/**
 * Result of an evaluation over repeated splits; JSON-serialisable, no NaN, no value of a patient. A number that cannot
 * be had is null with a `reason` beside it.
 */
export interface EvaluationReport {
  readonly formatVersion: 4;
  readonly seed: number;
  readonly design: EvaluationDesign;
  /** The family of the released model first. */
  readonly families: readonly FamilyEvaluation[];
  readonly gate: ReleaseGate;
  /** What cannot be said of this cohort, in sentences; empty where everything can. */
  readonly limits: readonly string[];
}

/** What is known of the privacy of the training patients, beyond the evaluation's own look for memory. */
export interface PrivacyVerdict {
  readonly passed: boolean | null;
  readonly statement: string;
}

/** Who was compared with whom. */
export interface EvaluationDesign {
  /** Repeated stratified splits; in each, models are fitted to its training part alone. */
  readonly splits: number;
  readonly patients: number;
  readonly deaths: number;
  readonly trainPatients: number;
  readonly holdOutPatients: number;
  /** Patients of every candidate file in a comparison: the same for synthetic, fresh real, photocopy and floor. */
  readonly candidatePatients: number;
  readonly genes: { readonly mutations: number; readonly copyNumber: number; readonly expression: number };
  readonly geneSets: { readonly given: number; readonly measured: number };
  readonly simulatedPatients: boolean;
}

/** How one family did. */
export interface FamilyEvaluation {
  readonly family: string;
  readonly metrics: readonly MetricEvaluation[];
  readonly biologicalScore: CalibratedScore;
  readonly memorisation: SplitMemorisation;
  /** In words; empty where nothing points to memory. */
  readonly memorisationFlags: readonly string[];
  /** Links between parts of a record, as real patients have them. */
  readonly links: readonly LinkEvaluation[];
  readonly figures: EvaluationFigures;
}

/** Whether synthetic files keep a link that is known of osteosarcoma, by permutation tests within the files. */
export interface LinkEvaluation {
  readonly name: string;
  /** Completes "patients in whom …". */
  readonly title: string;
  /** Among all real patients; null where they have nothing to tell it by. */
  readonly real: LinkTest | null;
  /** In the mean over the splits' files. */
  readonly synthetic: LinkTest | null;
  /** `not informative`: real patients do not show it at this number. */
  readonly verdict: "kept" | "lost" | "not informative";
}

/** The biological score with its interval. */
export interface CalibratedScore extends BiologicalScore {
  /** About 95 %. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Metrics of biology and of conditions in which the file is nearer to the floor than to real patients, beyond doubt. */
  readonly lost: readonly string[];
}

/** Whether the model may be released, and by what. */
export interface ReleaseGate {
  /** Null: cannot be told at this number of patients; that is no pass. */
  readonly passed: boolean | null;
  readonly checks: readonly {
    readonly name: "calibrated_score" | "links" | "memorisation" | "privacy";
    readonly passed: boolean | null;
    /** What was asked, what was seen. */
    readonly statement: string;
  }[];
}

/** What figures are drawn from: sums over patients, never a patient. */
export interface EvaluationFigures {
  readonly survival: readonly SurvivalFigure[];
  readonly alterations: readonly AlterationFrequency[];
  readonly oncoprint: OncoprintFigure;
  readonly pathwayCorrelations: CorrelationFigure;
  /** Absent in evaluations of Osteon before it told them. */
  readonly pathwayScores?: readonly PathwayFigure[];
  readonly projection: ProjectionFigure;
  readonly hazardRatios: readonly HazardRatioFigure[];
}

/** Kaplan–Meier curves of a stratum; a step function: `survival[k]` from `timesDays[k]` on. */
export interface SurvivalFigure {
  readonly stratum: "all" | "metastatic" | "localised";
  readonly real: SurvivalCurve | null;
  readonly synthetic: SurvivalCurve | null;
  /** Present where a curve is null. */
  readonly reason?: string;
}

export interface SurvivalCurve {
  readonly patients: number;
  readonly deaths: number;
  /** On a grid of days, not the patients' own times. */
  readonly timesDays: readonly number[];
  readonly survival: readonly number[];
  /** Greenwood's 95 % band on the log–log scale. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

export interface AlterationFrequency {
  readonly gene: string;
  readonly alteration: "mutated" | "gained" | "lost";
  /** Null where fewer than the smallest cell of patients have it. */
  readonly real: number | null;
  /** Exact binomial 95 % interval. */
  readonly realLower: number | null;
  readonly realUpper: number | null;
  readonly synthetic: number;
}

/** Which alterations meet in a patient; rows from the top down, groups from left to right; empty where none can be shown. */
export interface OncoprintFigure {
  readonly rows: readonly Pick<AlterationFrequency, "gene" | "alteration">[];
  /** Groups of at least the smallest cell of real patients. */
  readonly groups: readonly {
    /** By row: altered, not altered, or null where the group was not split by it. */
    readonly states: readonly (boolean | null)[];
    /** Share of the real patients, in steps of the smallest cell. */
    readonly real: number;
    readonly synthetic: number;
  }[];
}

/** Quantiles of a pathway's scores; fewer of them where fewer patients are beyond. */
export interface PathwayFigure {
  readonly name: string;
  readonly real: readonly PathwayQuantile[];
  readonly synthetic: readonly PathwayQuantile[];
}

interface PathwayQuantile {
  readonly probability: number;
  readonly value: number;
}

/** Pearson correlations of pathway scores, sets × sets, row-major, sets in one order for both. */
export interface CorrelationFigure {
  readonly names: readonly string[];
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
}

/** Patients counted on a square grid over the first two principal components of the real expression. */
export interface ProjectionFigure {
  readonly bins: number;
  readonly range: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  readonly explained: readonly [number, number];
  /** bins × bins, row-major, as shares smoothed by a kernel: a density, no single patient. */
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
}

export interface HazardRatioFigure {
  readonly covariate: "metastasis" | "age, by 10 years";
  readonly real: { readonly value: number; readonly lower: number; readonly upper: number } | null;
  readonly synthetic: { readonly value: number; readonly lower: number; readonly upper: number } | null;
  readonly reason?: string;
}
