import { OsteonError, osteonError } from "@osteon/errors";

/**
 * Gives the framework's own errors an entry of the catalogue. Their messages quote the request (an
 * address, a piece of the body), so none of them is passed on.
 *
 * @param bodyLimitBytes named in the answer to a body that is larger
 * @returns the error itself where it is not one of the framework's about a request
 */
export function translateError(error: unknown, bodyLimitBytes: number): unknown {
  if (error instanceof OsteonError || !(error instanceof Error)) {
    return error;
  }
  switch (property(error, "code")) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return osteonError("service.body-too-large", { limitBytes: bodyLimitBytes });
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return osteonError("service.media-type-not-supported", {});
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
      return osteonError("service.malformed-json", {});
    case "HPE_HEADER_OVERFLOW":
      return osteonError("service.headers-too-large", {});
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return osteonError("service.request-timeout", {});
  }
  const status = property(error, "statusCode");
  if (typeof status !== "number" || status < 400 || status >= 500) {
    return error;
  }
  return osteonError(error instanceof SyntaxError ? "service.malformed-json" : "service.malformed-request", {});
}

function property(error: Error, name: string): unknown {
  return (error as unknown as Record<string, unknown>)[name];
}
