import { OsteonError, osteonError } from "@osteon/errors";
import {
  isProtected,
  keyText,
  protectKey,
  readKeyFileBytes,
  systemErrorCode,
  writeFileAtomically,
} from "@osteon/registry";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { configurationFrom } from "../../configuration/read-configuration.ts";
import { obtainNewPassphrase } from "../../keys/new-passphrase.ts";

/** `osteon identity protect`: a key file that a passphrase opens takes the place of one in plain. */
export function addProtectCommand(identity: Command, context: CommandContext): void {
  identity
    .command("protect")
    .summary("protect a key file by a passphrase")
    .description(
      "Encrypts a key file in place, as `age --passphrase --armor` does, so that it opens nothing without the " +
        "passphrase; `age --decrypt` gives the key back. It takes identities and the keys that sign models and the " +
        "audit trail.\n\n" +
        "Copies and backups from before hold the key in plain, and so may the blocks of the disk that it lay on.",
    )
    .argument("<file>", "a key file")
    .option("-c, --config <file>", "configuration; encryption.passphrase_path is used")
    .addHelpText("after", "\nExample:\n  osteon identity protect osteon-data/run/keys/identity.txt")
    .action(async (file: string, { config }: { readonly config?: string }) => {
      const configuration = await configurationFrom(config, context.environment);
      const bytes = await readPlainKey(file);
      const passphrase = await obtainNewPassphrase(file, context, configuration);
      const text = await protectKey(keyText(bytes), passphrase);
      await writeFileAtomically(file, new TextEncoder().encode(text), 0o600);
      context.terminal.line(`${file} is protected. Keep the passphrase elsewhere: without it the key is lost.`);
    });
}

/** @throws `registry.unreadable`, `registry.key-permissions`, `registry.protected-key` where it is protected already */
async function readPlainKey(file: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readKeyFileBytes(file);
  } catch (error) {
    if (error instanceof OsteonError) throw error;
    throw osteonError("registry.unreadable", { file, reason: systemErrorCode(error) }, { cause: error });
  }
  const text = new TextDecoder("latin1").decode(bytes);
  const isKey = /AGE-SECRET-KEY-|-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) || /^\s*[0-9a-f]{64}\s*$/i.test(text);
  if (isProtected(bytes)) throw osteonError("registry.protected-key", { file, reason: "it is protected already" });
  if (!isKey) throw osteonError("registry.identity", { where: file, reason: "it is no key file of Osteon" });
  return bytes;
}
