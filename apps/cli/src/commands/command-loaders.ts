import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";

/** Adds a command, with those below it, to a program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/** Every command by its name, in the order in which help lists them. */
export const commandLoaders: Readonly<Record<string, () => Promise<AddCommand>>> = {
  quickstart: async () => (await import("./quickstart.ts")).addQuickstartCommand,
  init: async () => (await import("./init.ts")).addInitCommand,
  source: async () => (await import("./source/index.ts")).addSourceCommands,
  run: async () => (await import("./run.ts")).addRunCommand,
  deidentify: async () => (await import("./deidentify.ts")).addDeidentifyCommand,
  validate: async () => (await import("./validate.ts")).addValidateCommand,
  generate: async () => (await import("./generate.ts")).addGenerateCommand,
  serve: async () => (await import("./serve.ts")).addServeCommand,
  selftest: async () => (await import("./selftest.ts")).addSelftestCommand,
  drift: async () => (await import("./drift/index.ts")).addDriftCommands,
  runs: async () => (await import("./runs.ts")).addRunsCommand,
  models: async () => (await import("./models/index.ts")).addModelsCommands,
  alerts: async () => (await import("./alerts/index.ts")).addAlertsCommands,
  identity: async () => (await import("./identity/index.ts")).addIdentityCommands,
  keys: async () => (await import("./keys/index.ts")).addKeysCommands,
  audit: async () => (await import("./audit/index.ts")).addAuditCommands,
  backup: async () => (await import("./backup/index.ts")).addBackupCommands,
  restore: async () => (await import("./restore.ts")).addRestoreCommand,
  compliance: async () => (await import("./compliance.ts")).addComplianceCommand,
  demo: async () => (await import("./demo.ts")).addDemoCommands,
};

/**
 * Loads the command that the words name, or all where they name none: for help, and to say what is like a mistyped one.
 * All of Osteon is 1,600 modules, and looking each of them up takes longer than most commands do.
 */
export function loadCommands([first]: readonly string[]): Promise<readonly AddCommand[]> {
  const isKnown = first !== undefined && Object.hasOwn(commandLoaders, first);
  return Promise.all((isKnown ? [commandLoaders[first]!] : Object.values(commandLoaders)).map((load) => load()));
}
