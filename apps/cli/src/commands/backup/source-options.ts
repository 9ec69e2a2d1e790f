import type { Command } from "commander";

/** Adds the options that say what is backed up. */
export function withSourceOptions(command: Command): Command {
  return command
    .option("-c, --config <file>", "configuration; it is backed up, with the files that it names")
    .option("-r, --registry <directory>", "registry (default: osteon-data/registry); overrides registry.directory")
    .option("-k, --key <file>", "identity file that opens the registry's packages; it is backed up");
}
