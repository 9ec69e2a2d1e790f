import { osteonError } from "@osteon/errors";
import { readIdentity, type Identity } from "@osteon/registry";
import type { CommandContext } from "../command-context.ts";

/** The key that opens backups: from the option, else from OSTEON_BACKUP_KEY_FILE. @throws `configuration.no-key` */
export async function readBackupKey(
  option: string | undefined,
  file: string,
  { environment }: CommandContext,
): Promise<Identity> {
  const path = option ?? (environment["OSTEON_BACKUP_KEY_FILE"] || undefined);
  if (path === undefined) throw osteonError("configuration.no-backup-key", { file });
  return readIdentity(path);
}
