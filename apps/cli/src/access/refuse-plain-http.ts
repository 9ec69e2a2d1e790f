import { isLoopbackHost, type ServiceConfiguration } from "@osteon/contracts";
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
  if (tls === undefined && !behind_proxy && !isLoopbackHost(host)) throw osteonError("service.plain-http", { host });
}
