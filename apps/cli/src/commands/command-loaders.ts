import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";

/** Adds a command, with those below it, to a program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

type LoadCommand = () => Promise<AddCommand>;

/** Every command by its name, under the headings and in the order in which help lists them. */
const commandGroups: Readonly<Record<string, Readonly<Record<string, LoadCommand>>>> = {
  "From patients to a model": {
    quickstart: async () => (await import("./quickstart.ts")).addQuickstartCommand,
    init: async () => (await import("./init.ts")).addInitCommand,
    source: async () => (await import("./source/index.ts")).addSourceCommands,
    deidentify: async () => (await import("./deidentify.ts")).addDeidentifyCommand,
    run: async () => (await import("./run.ts")).addRunCommand,
    validate: async () => (await import("./validate.ts")).addValidateCommand,
    runs: async () => (await import("./runs.ts")).addRunsCommand,
  },
  "From a model to patients": {
    generate: async () => (await import("./generate.ts")).addGenerateCommand,
    models: async () => (await import("./models/index.ts")).addModelsCommands,
    serve: async () => (await import("./serve.ts")).addServeCommand,
    identity: async () => (await import("./identity/index.ts")).addIdentityCommands,
    keys: async () => (await import("./keys/index.ts")).addKeysCommands,
  },
  "In service": {
    selftest: async () => (await import("./selftest.ts")).addSelftestCommand,
    drift: async () => (await import("./drift/index.ts")).addDriftCommands,
    alerts: async () => (await import("./alerts/index.ts")).addAlertsCommands,
    audit: async () => (await import("./audit/index.ts")).addAuditCommands,
    backup: async () => (await import("./backup/index.ts")).addBackupCommands,
    restore: async () => (await import("./restore.ts")).addRestoreCommand,
    compliance: async () => (await import("./compliance.ts")).addComplianceCommand,
  },
  "Simulated patients": {
    demo: async () => (await import("./demo.ts")).addDemoCommands,
  },
};

/** Every command by its name. */
export const commandLoaders: Readonly<Record<string, LoadCommand>> = Object.assign({}, ...Object.values(commandGroups));

/** The heading of help under which a command stands. */
export function headingOf(command: string): string {
  return `${Object.entries(commandGroups).find(([, commands]) => Object.hasOwn(commands, command))![0]}:`;
}

/**
 * Loads the command that the words name, or all where they name none: for help, and to say what is like a mistyped one.
 * All of Osteon is 1,600 modules, and looking each of them up takes longer than most commands do.
 */
export function loadCommands([first]: readonly string[]): Promise<readonly AddCommand[]> {
  const isKnown = first !== undefined && Object.hasOwn(commandLoaders, first);
  return Promise.all((isKnown ? [commandLoaders[first]!] : Object.values(commandLoaders)).map((load) => load()));
}
