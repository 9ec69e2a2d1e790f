import { OsteonError, type ErrorCategory, type ErrorCode } from "@osteon/errors";

/** What the process ends with. Documented in `osteon --help`. */
export const exitCodes = {
  success: 0,
  internal: 1,
  input: 2,
  gate: 3,
  security: 4,
  unavailable: 5,
  watch: 6,
  drift: 7,
  interrupted: 130,
} as const;

const byCategory: Readonly<Record<ErrorCategory, number>> = {
  input: exitCodes.input,
  configuration: exitCodes.input,
  gate: exitCodes.gate,
  security: exitCodes.security,
  unavailable: exitCodes.unavailable,
  internal: exitCodes.internal,
};

/** States that a script tells from a gate that was not passed. */
const byCode: Partial<Readonly<Record<ErrorCode, number>>> = {
  "drift.watch": exitCodes.watch,
  "drift.found": exitCodes.drift,
};

export function exitCodeOf(error: unknown): number {
  if (error instanceof OsteonError) return byCode[error.code] ?? byCategory[error.definition.category];
  return error instanceof Error && error.name === "AbortError" ? exitCodes.interrupted : exitCodes.internal;
}
