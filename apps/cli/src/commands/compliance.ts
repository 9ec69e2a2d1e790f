import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { complianceFactsOf } from "@osteon/pipeline";
import { syncFolder, writeFileAtomically, type OpenedPackage } from "@osteon/registry";
import { renderCompliancePack, type RegistryState } from "@osteon/report";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { readConfiguration, configurationWith } from "../configuration/read-configuration.ts";
import { openPackage } from "../open-model.ts";
import { openRegistry, registryPlaceOf } from "../registry/open-registry.ts";
import { openVersion } from "../registry/open-version.ts";
import { readOpeningKey } from "../registry/registry-command.ts";
import { osteonVersion } from "../version.ts";
import { keysOf } from "../keys/command-keys.ts";

interface ComplianceOptions {
  readonly out: string;
  readonly model?: string;
  readonly registry?: string;
  readonly config?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** `osteon compliance`: drafts of the documents that officers and boards ask for. */
export function addComplianceCommand(program: Command, context: CommandContext): void {
  program
    .command("compliance")
    .summary("drafts for privacy officer, review board and agreements")
    .description(
      "Writes drafts in Markdown, filled in with what the system knows of a model and says where that comes from: " +
        "HIPAA review, summary for the review board, checklist for a data use agreement, data protection impact " +
        "assessment, outline of the technical documentation of the EU AI Act. What only people know is marked " +
        "[to be filled in: …]. Nothing is claimed, and no patient is in it.\n\n" +
        "Without --model it is about what is on air in the registry.",
    )
    .requiredOption("-o, --out <directory>", "folder to make; it must not be there yet")
    .option("-m, --model <path>", "run directory or sealed package")
    .option("-r, --registry <directory>", "registry (default: osteon-data/registry); overrides registry.directory")
    .option("-c, --config <file>", "the site's configuration, which retention, access and encryption are told from")
    .option("-k, --key <file>", "identity file that opens the package; by default the run's own")
    .option("--json", "print what was written as JSON on standard output")
    .addHelpText(
      "after",
      "\nExample:\n  osteon compliance --model osteon-data/run --config osteon.yaml \\\n    --out compliance",
    )
    .action(async (options: ComplianceOptions) => {
      if (existsSync(options.out)) throw osteonError("configuration.exists", { file: options.out });
      const configuration =
        options.config === undefined ? null : await readConfiguration(options.config, context.environment);
      const { opened, registry } = await openSource(options, context, configuration ?? configurationWith({}));
      const facts = complianceFactsOf(opened, {
        createdAt: new Date().toISOString(),
        osteonVersion,
        nodeVersion: process.versions.node,
        registry,
        configuration,
      });
      const files = renderCompliancePack(facts);
      await writeFolder(options.out, files);
      if (options.json) {
        const written = files.map(({ name, blanks }) => ({ path: join(options.out, name), blanks }));
        context.print(JSON.stringify({ modelVersion: facts.manifest.modelVersion, files: written }, null, 2));
        return;
      }
      for (const { name, blanks } of files) {
        context.print(`${join(options.out, name)}${blanks === 0 ? "" : `  ${blanks} places to fill in`}`);
      }
      if (configuration === null) {
        context.terminal.line("No --config was given: what a site configures is left to be filled in.");
      }
    });
}

/** The model that is named, or what is on air in the registry. */
async function openSource(
  options: ComplianceOptions,
  context: CommandContext,
  configuration: Configuration,
): Promise<{ readonly opened: OpenedPackage; readonly registry: RegistryState | null }> {
  if (options.model !== undefined) {
    const { opened } = await openPackage(options.model, options.key, keysOf(context, configuration));
    return { opened, registry: null };
  }
  const place = registryPlaceOf(configuration, context, options.registry);
  const registry = await openRegistry(place);
  const history = await registry.history();
  const last = history.at(-1);
  if (last === undefined) {
    const allowed = "the model to write of, as nothing is on air in the registry";
    throw osteonError("configuration.option", { option: "--model", allowed, command: "compliance" });
  }
  const identity = await readOpeningKey(options.key, context, configuration, place);
  return {
    opened: await openVersion(registry, last.version, identity),
    registry: {
      onAir: true,
      moves: history.length,
      overrideReason: last.overridden.length > 0 ? last.reason : null,
    },
  };
}

/** The folder gets its name once every file in it is whole. */
async function writeFolder(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  const partial = `${folder}.${process.pid}.partial`;
  try {
    await mkdir(dirname(partial), { recursive: true });
    for (const { name, text } of files) {
      await writeFileAtomically(join(partial, name), new TextEncoder().encode(text));
    }
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  await syncFolder(dirname(folder));
}
