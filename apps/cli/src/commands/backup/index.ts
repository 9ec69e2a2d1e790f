import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import { enterIfPossible } from "../../audit/enter-if-possible.ts";
import { backupSourceOf, createBackup, type BackupSourceOptions } from "../../backup/backup-command.ts";
import { absentParts } from "../../backup/backup-files.ts";
import type { CommandContext } from "../../command-context.ts";
import { bytesOf, countOf } from "../../terminal/amounts.ts";
import { addRehearseCommand } from "./rehearse.ts";
import { withSourceOptions } from "./source-options.ts";
import { addVerifyCommand } from "./verify.ts";
import { collectValues } from "../collect-values.ts";

interface BackupOptions extends BackupSourceOptions {
  readonly out?: string;
  readonly recipient?: readonly string[];
  readonly keep?: string;
  readonly json?: boolean;
}

/** `osteon backup`, and what can be done with backups. */
export function addBackupCommands(program: Command, context: CommandContext): void {
  const backup = withSourceOptions(program.command("backup"))
    .summary("write everything that cannot be made again into one encrypted file")
    .description(
      "Writes the registry (models, and what was on air), its keys, the ledger of runs, the audit trail and the " +
        "configuration, all of one moment, into one file that is encrypted with age. Services go on meanwhile.\n\n" +
        "Runs and patients' data are no part of it. Whoever has the secret half of a recipient's key can open the " +
        "models in it: keep that key away from this computer, and apart from the backups.",
    )
    .option("-o, --out <directory>", "where it goes (default: osteon-data/backups); overrides backup.directory")
    .option(
      "--recipient <key>",
      "public key age1… that opens it; may be repeated; overrides backup.recipients",
      collectValues,
    )
    .option("--keep <number>", "how many backups stay, this one counted; overrides backup.keep")
    .option("--json", "print what was written as JSON on standard output")
    .addHelpText("after", "\nExample:\n  osteon backup --config osteon.yaml --recipient age1… --keep 14")
    .action(async (options: BackupOptions) => {
      const source = await backupSourceOf(options, context);
      const configured = source.configuration.backup;
      const { path, manifest, status, removed } = await createBackup(source, {
        directory: options.out ?? configured.directory,
        recipients: options.recipient ?? configured.recipients,
        keep: options.keep === undefined ? configured.keep : parseKeep(options.keep),
      });
      await enterIfPossible(source.configuration, source.place.directory, context, {
        action: "backup.made",
        detail: { digest: status.sha256 },
      });
      const absent = absentParts(source);
      if (options.json) {
        context.print(JSON.stringify({ ...status, path, files: manifest.files.length, absent, removed }));
        return;
      }
      const what = manifest.onAir === null ? "nothing on air" : `model ${manifest.onAir} on air`;
      context.print(`${path} (${bytesOf(status.bytes)}): ${countOf(manifest.files.length, "file")}, ${what}`);
      if (absent.length > 0) context.print(`Not there, and so not in it: ${absent.join(", ")}`);
      if (removed.length > 0) context.print(`Removed: ${removed.join(", ")}`);
    });
  addVerifyCommand(backup, context);
  addRehearseCommand(backup, context);
}

function parseKeep(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw osteonError("configuration.option", { option: "--keep", allowed: "1 to 99999", command: "backup" });
}
