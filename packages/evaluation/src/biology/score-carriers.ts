import type { EvaluationInput } from "../input/evaluation-input.ts";
import { readAlteration, type Alteration } from "./alteration.ts";
import { averageSignature } from "./average-signature.ts";

/** Scores of a signature, of the patients in whom it and the alteration are known. */
export interface CarrierScores {
  readonly carriers: Float64Array;
  readonly others: Float64Array;
}

/** Null where the alteration's gene or the signature is not measured. */
export function scoreCarriers(
  input: EvaluationInput,
  cause: Alteration,
  signature: readonly string[],
): CarrierScores | null {
  const states = readAlteration(input.cohort, cause);
  const scores = averageSignature(input, signature);
  if (states === null || scores === null) return null;
  const having = (state: number) => scores.filter((score, i) => states[i] === state && !Number.isNaN(score));
  return { carriers: having(1), others: having(0) };
}
