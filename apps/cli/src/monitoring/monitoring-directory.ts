import { dirname, join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import type { MonitoringOptions } from "@osteon/monitoring";

/**
 * The configuration of the monitoring with its directory: by default beside that of the registry.
 *
 * @param registry what `--registry` says
 */
export function observabilityOf(
  { observability, registry: configured }: Configuration,
  registry: string = configured.directory,
): MonitoringOptions["observability"] {
  return { ...observability, directory: observability.directory ?? join(dirname(registry), "monitoring") };
}
