import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { OpenedReference } from "@osteon/pipeline";
import type { CommandContext } from "../command-context.ts";
import { openRegistry, registryPlaceOf } from "./open-registry.ts";
import { openVersion } from "./open-version.ts";
import { readOpeningKey } from "./registry-command.ts";

/**
 * Opens the package that is on air, and keeps the key that did.
 *
 * @throws `registry.nothing-on-air`, and what opening registry and package throw
 */
export async function openOnAir(
  { registry: directory, key }: { readonly registry: string | undefined; readonly key: string | undefined },
  configuration: Configuration,
  context: CommandContext,
): Promise<OpenedReference> {
  const place = registryPlaceOf(configuration, context, directory);
  const registry = await openRegistry(place);
  const move = await registry.current();
  if (move === undefined) throw osteonError("registry.nothing-on-air", { directory: place.directory });
  const identity = await readOpeningKey(key, context, configuration, place);
  return { opened: await openVersion(registry, move.version, identity), identity, file: `model ${move.version}` };
}
