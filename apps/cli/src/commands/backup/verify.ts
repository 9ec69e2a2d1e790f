import { readArchive } from "@osteon/backup";
import type { Command } from "commander";
import { readBackupKey } from "../../backup/backup-key.ts";
import type { CommandContext } from "../../command-context.ts";
import { countOf } from "../../terminal/amounts.ts";

interface VerifyOptions {
  readonly backupKey?: string;
  readonly json?: boolean;
}

/** `osteon backup verify`: that a backup is whole. */
export function addVerifyCommand(backup: Command, context: CommandContext): void {
  backup
    .command("verify")
    .summary("check that a backup can be opened and every file in it has its digest")
    .description(
      "Decrypts a backup from end to end and holds every file against its digest; writes nothing. Exit code 4 where " +
        "anything was altered, cut short, or made for another key.",
    )
    .argument("<file>", "a backup")
    .option("--backup-key <file>", "identity file of a recipient; else OSTEON_BACKUP_KEY_FILE")
    .option("--json", "print what it holds as JSON on standard output")
    .action(async (file: string, _: unknown, command: Command) => {
      // `backup` itself has an option --json, and takes it wherever it stands.
      const options = command.optsWithGlobals<VerifyOptions>();
      const identity = await readBackupKey(options.backupKey, file, context);
      const manifest = await readArchive(file, identity, async (_, chunks) => {
        for await (const chunk of chunks) void chunk;
      });
      if (options.json) {
        context.print(JSON.stringify(manifest, null, 2));
        return;
      }
      const onAir = manifest.onAir === null ? "nothing was on air" : `model ${manifest.onAir} was on air`;
      context.print(`${file} is whole: ${countOf(manifest.files.length, "file")} of ${manifest.createdAt}; ${onAir}`);
    });
}
