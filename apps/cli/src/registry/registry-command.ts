import { existsSync } from "node:fs";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { openPackage, type Identity, type MoveRequest, type RegisteredPackage } from "@osteon/registry";
import { proveModel } from "@osteon/pipeline";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { keysOf, readNamedIdentity } from "../keys/command-keys.ts";
import { configurationFrom } from "../configuration/read-configuration.ts";
import { obtainSigningKey, registryPlaceOf, type RegistryPlace } from "./open-registry.ts";
import { userName } from "../user-name.ts";

/** Options that every command on the registry takes. */
export interface RegistryOptions {
  readonly config?: string;
  readonly registry?: string;
  readonly json?: boolean;
}

/** Options of a command that changes what is on air. */
export interface MoveOptions extends RegistryOptions {
  readonly key?: string;
  readonly by?: string;
  readonly reason?: string;
}

/** Adds the options of {@link RegistryOptions}. */
export function withRegistryOptions(command: Command): Command {
  return command
    .option("-c, --config <file>", "configuration; its groups registry and encryption are used")
    .option("-r, --registry <directory>", "registry (default: osteon-data/registry); overrides registry.directory")
    .option("--json", "print the result as JSON on standard output");
}

/** Adds the options of {@link MoveOptions}. */
export function withMoveOptions(command: Command): Command {
  return withRegistryOptions(command)
    .option("-k, --key <file>", "identity file that opens the package, which is loaded and sampled first")
    .option("--by <name>", "who does it (default: the user of this computer)")
    .option("--reason <text>", "why; kept in the history");
}

/** The configuration and the place of the registry that the options name. */
export async function resolveRegistry(
  { config, registry }: RegistryOptions,
  context: CommandContext,
): Promise<{ readonly configuration: Configuration; readonly place: RegistryPlace }> {
  const configuration = await configurationFrom(config, context.environment);
  return { configuration, place: registryPlaceOf(configuration, context, registry) };
}

/** The key that opens the registry's packages. @throws `configuration.no-key` */
export async function readOpeningKey(
  option: string | undefined,
  context: CommandContext,
  configuration: Configuration,
  place: RegistryPlace,
): Promise<Identity> {
  const identity = await readNamedIdentity(option, keysOf(context, configuration));
  if (identity === undefined) throw osteonError("configuration.no-key", { path: place.directory });
  return identity;
}

/** What a move of the pointer needs: the signing key, who and why, and the proof that the model works. */
export async function moveRequestOf(
  options: MoveOptions,
  context: CommandContext,
  configuration: Configuration,
  place: RegistryPlace,
): Promise<MoveRequest> {
  if (!existsSync(place.directory)) throw osteonError("configuration.registry", { directory: place.directory });
  const identity = await readOpeningKey(options.key, context, configuration, place);
  return {
    key: await obtainSigningKey(place),
    by: options.by ?? userName(),
    reason: options.reason ?? "",
    prove: async ({ sealed, facts }: RegisteredPackage) => {
      context.terminal.status(`proving model ${facts.modelVersion}: loading and sampling it`);
      await proveModel(await openPackage(sealed, identity, `model ${facts.modelVersion}`));
      context.terminal.status("");
    },
  };
}
