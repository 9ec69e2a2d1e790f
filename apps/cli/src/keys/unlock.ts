import { osteonError } from "@osteon/errors";
import type { Unlock } from "@osteon/registry";
import type { KeyContext } from "./command-keys.ts";
import { readPassphraseFile } from "./passphrase-file.ts";

/**
 * How protected keys are opened: by the passphrase in a file, else by one that is asked for on the terminal.
 *
 * @param configured file that the configuration names, if any
 * @param variables of the environment that name a file, the first that is set counts
 * @returns throws `registry.wrong-passphrase`, `registry.passphrase-missing`, and what reading the file throws
 */
export function unlockWith(
  { environment, passphrases }: KeyContext,
  configured: string | undefined,
  variables: readonly string[] = ["OSTEON_PASSPHRASE_FILE"],
): Unlock {
  return async (file, attempt) => {
    const variable = variables.find((name) => environment[name]);
    const path = variable === undefined ? configured : environment[variable];
    if (path === undefined) {
      if (passphrases === undefined) throw osteonError("registry.passphrase-missing", { file });
      return passphrases.open(file, attempt);
    }
    const setting = variable ?? "encryption.passphrase_path";
    const text = await attempt(await readPassphraseFile(path, setting));
    if (text === undefined) throw osteonError("registry.wrong-passphrase", { file, place: setting });
    return text;
  };
}
