import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { whyNoPassphrase } from "@osteon/registry";
import type { KeyContext } from "./command-keys.ts";
import { findPassphraseFile, readPassphraseFile } from "./passphrase-file.ts";

/**
 * The passphrase that a key is to be protected by: from the file that is named, else typed twice on the terminal.
 *
 * @param name how the question calls the key
 * @throws `registry.passphrase` where there is none, it is too short, or was mistyped
 */
export async function obtainNewPassphrase(
  name: string,
  context: KeyContext,
  { encryption }: Configuration,
): Promise<string> {
  const file = findPassphraseFile(context, encryption.passphrase_path);
  if (file === undefined && context.passphrases === undefined) {
    const reason = "there is none: OSTEON_PASSPHRASE_FILE does not name its file, and there is no terminal to ask on";
    throw osteonError("registry.passphrase", { place: `The passphrase for ${name}`, reason });
  }
  const passphrase = await (file === undefined ? context.passphrases!.choose(name) : readPassphraseFile(file));
  const reason = whyNoPassphrase(passphrase);
  if (reason === undefined) return passphrase;
  throw osteonError("registry.passphrase", { place: file?.setting ?? "What was typed", reason });
}
