import type { PackageFacts } from "@osteon/registry";

/** The release gate's verdict in a word. */
export function describeGate({ gate: { passed } }: PackageFacts): string {
  return passed === null ? "cannot be told" : passed ? "passed" : "not passed";
}

/** The calibrated score with its interval; a dash where there is none. */
export function describeScore({ calibratedScore: score }: PackageFacts): string {
  return score === null ? "–" : `${score.value.toFixed(2)} (${score.lower.toFixed(2)}–${score.upper.toFixed(2)})`;
}
