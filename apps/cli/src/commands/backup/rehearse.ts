import type { Command } from "commander";
import { backupSourceOf, type BackupSourceOptions } from "../../backup/backup-command.ts";
import { rehearse } from "../../backup/rehearse.ts";
import type { CommandContext } from "../../command-context.ts";
import { bytesOf, countOf } from "../../terminal/amounts.ts";
import { withSourceOptions } from "./source-options.ts";

interface RehearseOptions extends BackupSourceOptions {
  readonly work?: string;
  readonly json?: boolean;
}

/** `osteon backup rehearse`: shows that what is in use could be restored. */
export function addRehearseCommand(backup: Command, context: CommandContext): void {
  withSourceOptions(backup.command("rehearse"))
    .summary("back up, restore elsewhere, compare; prints its time for each part")
    .description(
      "Backs up what is in use, restores it into a directory of its own, and compares every file by its digest and " +
        "50 patients of one seed by their bits. What is in use is only read, and nothing is left behind.",
    )
    .option("--work <directory>", "where it may write meanwhile; as secret as the registry (default: where backups go)")
    .option("--json", "print the result as JSON on standard output")
    .action(async (_: unknown, command: Command) => {
      // `backup` itself has options of the same names, and takes them wherever they stand.
      const options = command.optsWithGlobals<RehearseOptions>();
      const source = await backupSourceOf(options, context);
      const work = options.work ?? source.configuration.backup.directory;
      const { manifest, backupBytes, comparedPatients, parts } = await rehearse(source, work, context, (part) =>
        context.terminal.status(`${part} …`),
      );
      context.terminal.status("");
      if (options.json) {
        const files = manifest.files.length;
        context.print(JSON.stringify({ onAir: manifest.onAir, files, backupBytes, comparedPatients, parts }));
        return;
      }
      for (const { part, durationMs } of parts) {
        context.print(`${part.padEnd(26)}${(durationMs / 1000).toFixed(2).padStart(8)} s`);
      }
      const files = `${countOf(manifest.files.length, "file")} (${bytesOf(backupBytes)} encrypted) came back by their digests`;
      context.print(
        comparedPatients === 0
          ? `${files}; nothing is on air.`
          : `${files}, ${countOf(comparedPatients, "patient")} to the bit.`,
      );
    });
}
