import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { KeyRecord } from "@osteon/service";
import type { Command } from "commander";
import { keysDirectoryOf } from "../../access/keys-directory.ts";
import type { CommandContext } from "../../command-context.ts";
import { configurationFrom } from "../../configuration/read-configuration.ts";
import { userName } from "../../user-name.ts";

/** Options that every command on keys takes. */
export interface KeysOptions {
  readonly config?: string;
  readonly registry?: string;
  readonly directory?: string;
  readonly json?: boolean;
}

/** Adds the options of {@link KeysOptions}. */
export function withKeysOptions(command: Command): Command {
  return command
    .option("-c, --config <file>", "configuration; service.keys_directory and registry.directory are used")
    .option("-r, --registry <directory>", "registry that the keys lie beside; overrides registry.directory")
    .option("-d, --directory <directory>", "where the keys lie (default: api-keys beside the registry)")
    .option("--json", "print the result as JSON on standard output");
}

/** The configuration, the directory of keys and the registry beside it. */
export async function resolveKeys(
  { config, registry, directory }: KeysOptions,
  context: CommandContext,
): Promise<{ readonly configuration: Configuration; readonly directory: string; readonly registry: string }> {
  const configuration = await configurationFrom(config, context.environment);
  return {
    configuration,
    directory: directory ?? keysDirectoryOf(configuration, registry),
    registry: registry ?? configuration.registry.directory,
  };
}

/** Who does it: `--by`, else the user of this computer. */
export function nameOfActor(by: string | undefined, command: string, isAllowed: (name: string) => boolean): string {
  const name = by ?? userName();
  if (isAllowed(name)) return name;
  throw osteonError("configuration.option", { option: "--by", allowed: "1 to 200 characters of one line", command });
}

/** What may be shown of a key: all but its hash. */
export function describeKey({
  format_version: _version,
  hash: _hash,
  ...shown
}: KeyRecord): Omit<KeyRecord, "format_version" | "hash"> {
  return shown;
}
