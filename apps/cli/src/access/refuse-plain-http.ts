import { isIPv4 } from "node:net";
import type { ServiceConfiguration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";

/**
 * Tokens and patients must not cross a network in plain.
 *
 * @throws `service.plain-http` where the service would speak plain HTTP to other computers and no proxy is declared
 */
export function refusePlainHttp({
  host,
  tls,
  behind_proxy,
}: Pick<ServiceConfiguration, "host" | "tls" | "behind_proxy">): void {
  if (tls === undefined && !behind_proxy && !isLoopback(host)) throw osteonError("service.plain-http", { host });
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}
