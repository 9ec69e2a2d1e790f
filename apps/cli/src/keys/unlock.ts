import { osteonError } from "@osteon/errors";
import type { Unlock } from "@osteon/registry";
import type { KeyContext } from "./command-keys.ts";
import { findPassphraseFile, readPassphraseFile } from "./passphrase-file.ts";

/**
 * How protected keys are opened: by the passphrase in a file, else by one that is asked for on the terminal.
 *
 * @param configured as {@link findPassphraseFile} takes it, and so are the variables
 * @returns throws `registry.wrong-passphrase`, `registry.passphrase-missing`, and what reading the file throws
 */
export function unlockWith(context: KeyContext, configured: string | undefined, variables?: readonly string[]): Unlock {
  return async (file, attempt) => {
    const named = findPassphraseFile(context, configured, variables);
    if (named === undefined) {
      if (context.passphrases === undefined) throw osteonError("registry.passphrase-missing", { file });
      return context.passphrases.open(file, attempt);
    }
    const text = await attempt(await readPassphraseFile(named));
    if (text === undefined) throw osteonError("registry.wrong-passphrase", { file, place: named.setting });
    return text;
  };
}
