import { dirname, join, resolve } from "node:path";
import type { Configuration } from "@osteon/contracts";

/**
 * Where API keys lie: beside the registry, not in it, as its models may be copied to places that the keys must not
 * be known at.
 *
 * @param registry what `--registry` says
 */
export function keysDirectoryOf(configuration: Configuration, registry?: string): string {
  const { keys_directory: configured } = configuration.service;
  if (configured !== undefined) return configured;
  return join(dirname(resolve(registry ?? configuration.registry.directory)), "api-keys");
}
