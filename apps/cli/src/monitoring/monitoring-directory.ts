import { dirname, join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import type { MonitoringOptions } from "@osteon/monitoring";
import { registryPlaceOf } from "../registry/open-registry.ts";

/** The configuration of the monitoring with its directory: by default beside that of the registry. */
export function observabilityOf(configuration: Configuration, registry?: string): MonitoringOptions["observability"] {
  const { observability } = configuration;
  const beside = join(dirname(registryPlaceOf(configuration, registry).directory), "monitoring");
  return { ...observability, directory: observability.directory ?? beside };
}
