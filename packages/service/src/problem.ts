import { STATUS_CODES } from "node:http";
import type { FieldProblem, Problem } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";

/**
 * The problem document of an error (RFC 9457). An error that is not about the request or about a
 * passing state of the service is answered as `service.internal`: its own words are for the operator.
 *
 * @param requestId opaque id under which the operator finds the occurrence
 */
export function problemOf(error: unknown, requestId: string, errors?: readonly FieldProblem[]): Problem {
  const shown = isForClients(error) ? error : osteonError("service.internal", {});
  const { status, retryable } = shown.definition;
  return {
    type: `urn:osteon:problem:${shown.code}`,
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail: shown.message,
    instance: `urn:uuid:${requestId}`,
    code: shown.code,
    retryable,
    ...(errors === undefined ? {} : { errors: [...errors] }),
  };
}

function isForClients(error: unknown): error is OsteonError {
  if (!(error instanceof OsteonError)) {
    return false;
  }
  // Errors of other areas name files, tables or keys of this machine.
  const aboutGenerating = /^(?:service|generator)\.|^audit\.unwritable$/.test(error.code);
  const { category, status } = error.definition;
  return aboutGenerating && (status < 500 || category === "unavailable");
}
