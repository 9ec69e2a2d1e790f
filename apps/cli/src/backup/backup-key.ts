import { osteonError } from "@osteon/errors";
import { keyFile, readIdentity, type Identity } from "@osteon/registry";
import type { KeyContext } from "../keys/command-keys.ts";
import { unlockWith } from "../keys/unlock.ts";

/** The key that opens backups: from the option, else from OSTEON_BACKUP_KEY_FILE. @throws `configuration.no-backup-key` */
export async function readBackupKey(option: string | undefined, file: string, context: KeyContext): Promise<Identity> {
  const path = option ?? (context.environment["OSTEON_BACKUP_KEY_FILE"] || undefined);
  if (path === undefined) throw osteonError("configuration.no-backup-key", { file });
  const variables = ["OSTEON_BACKUP_PASSPHRASE_FILE", "OSTEON_PASSPHRASE_FILE"];
  return readIdentity(keyFile(path, unlockWith(context, undefined, variables)));
}
