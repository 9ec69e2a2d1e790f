import { join } from "node:path";
import { digestFile } from "@osteon/pipeline";
import type { Command } from "commander";
import { enterIfPossible } from "../audit/enter-if-possible.ts";
import { backupLayout } from "../backup/backup-layout.ts";
import { readBackupKey } from "../backup/backup-key.ts";
import { restoreBackup } from "../backup/restore-backup.ts";
import type { CommandContext } from "../command-context.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { countOf } from "../terminal/amounts.ts";

interface RestoreOptions {
  readonly to: string;
  readonly backupKey?: string;
  readonly force?: boolean;
  readonly selfContained?: boolean;
  readonly json?: boolean;
}

/** `osteon restore`: a backup becomes a directory again. */
export function addRestoreCommand(program: Command, context: CommandContext): void {
  program
    .command("restore")
    .summary("make a directory of a backup, proven to work")
    .description(
      "Restores a backup into a fresh directory: every file is held against its digest, the history and all " +
        "signatures are checked, the model on air is loaded and sampled. Only then does the directory get its name.\n\n" +
        "Data that are there are left alone, unless --force moves them aside. Moves in PostgreSQL and packages in an " +
        "object storage are put back there, where they are missing; --self-contained leaves servers alone.",
    )
    .argument("<file>", "a backup")
    .requiredOption("--to <directory>", "the directory to make")
    .option("--backup-key <file>", "identity file of a recipient; else OSTEON_BACKUP_KEY_FILE")
    .option("--force", "move what is there aside, and replace another history in the registry's database")
    .option("--self-contained", "everything into the directory, whatever servers it lay on")
    .option("--json", "print what was restored as JSON on standard output")
    .addHelpText("after", "\nExample:\n  osteon restore osteon-20260101T020304Z.tar.age --to data --backup-key k.txt")
    .action(async (file: string, options: RestoreOptions) => {
      const { manifest, movedAside } = await restoreBackup({
        file,
        identity: await readBackupKey(options.backupKey, file, context),
        directory: options.to,
        force: options.force ?? false,
        selfContained: options.selfContained ?? false,
        context,
        onStage: (stage) => context.terminal.status(`restoring: ${stage} …`),
      });
      context.terminal.status("");
      const configuration = join(options.to, backupLayout.configuration);
      const restored = await readConfiguration(configuration, context.environment);
      await enterIfPossible(restored, restored.registry.directory, context, {
        action: "backup.restored",
        detail: { digest: (await digestFile(file)).sha256 },
      });
      if (options.json) {
        const { onAir, moves, createdAt, files } = manifest;
        const result = { directory: options.to, configuration, onAir, moves, createdAt, files: files.length };
        context.print(JSON.stringify({ ...result, movedAside: movedAside ?? null }));
        return;
      }
      const what = manifest.onAir === null ? "nothing is on air" : `model ${manifest.onAir} is on air`;
      context.print(
        `${options.to} is restored as of ${manifest.createdAt}: ${countOf(manifest.files.length, "file")}, ${what}`,
      );
      if (movedAside !== undefined) context.print(`What was there before is in ${movedAside}`);
      context.print(`Go on with: osteon serve --config ${configuration}`);
    });
}
