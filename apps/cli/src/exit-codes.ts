import { OsteonError, type ErrorCategory } from "@osteon/errors";

/** What the process ends with. Documented in `osteon --help`. */
export const exitCodes = {
  success: 0,
  internal: 1,
  input: 2,
  gate: 3,
  security: 4,
  unavailable: 5,
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

export function exitCodeOf(error: unknown): number {
  if (error instanceof OsteonError) return byCategory[error.definition.category];
  return error instanceof Error && error.name === "AbortError" ? exitCodes.interrupted : exitCodes.internal;
}
