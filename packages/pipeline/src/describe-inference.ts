import type { Profile } from "@osteon/contracts";
import { worthInRealPatients, type EffectiveSampleSize } from "@osteon/evaluation";
import type { ModelWorth } from "./model-worth.ts";

/** What an export tells the analyst of intervals and tests; written into provenance.json. */
export interface InferenceNote {
  readonly statement: string;
  readonly combiningRule: string;
  readonly trainingPatients: number;
  readonly replicates: number;
  readonly patientsPerReplicate: number;
  /** Real patients that the export as a whole is worth. */
  readonly worthInRealPatients: number;
  /** Real patients that endlessly many of the model's are worth; the training patients where that was not estimated. */
  readonly effectivePatients: number;
  /** How that was estimated, by kind of question; null where it was not. */
  readonly effectiveSampleSize: EffectiveSampleSize | null;
}

const combiningRule =
  "estimate = mean of the replicates' estimates; variance = mean of their squared standard errors × " +
  "(patientsPerReplicate / effectivePatients + 1 / replicates); " +
  "t with effectivePatients − 1 degrees of freedom. All replicates come from one fitted model, so that their spread " +
  "does not show the error of the training sample (Raab, Nowok and Dibben 2016).";

/** Says what `replicates` files of `count` patients each are worth. */
export function describeInference(
  { trainingPatients, effectiveSampleSize }: ModelWorth,
  { profile, count, replicates }: { readonly profile: Profile; readonly count: number; readonly replicates: number },
): InferenceNote {
  const effectivePatients = effectiveSampleSize?.effectivePatients ?? trainingPatients;
  const worth = worthInRealPatients(effectivePatients, count * replicates);
  const number = (value: number) => value.toLocaleString("en");
  const valued =
    Object.keys(profile).length > 0
      ? `Were they drawn without conditions, these ${number(count * replicates)} synthetic patients would be worth ` +
        `${number(worth)} real ones; with conditions they are worth fewer, as fewer training patients are like them.`
      : `These ${number(count * replicates)} synthetic patients are worth ${number(worth)} real ones` +
        (effectiveSampleSize?.effectivePatients ? "." : " at most: how many was not estimated.");
  return {
    statement:
      `${valued} Tests and intervals that take them for real patients are wrong: use the combining rule, and confirm ` +
      "what matters on real patients.",
    combiningRule,
    trainingPatients,
    replicates,
    patientsPerReplicate: count,
    worthInRealPatients: worth,
    effectivePatients,
    effectiveSampleSize,
  };
}
