import { osteonError } from "@osteon/errors";
import { looksLikeSecret } from "@osteon/settings";

/** Variables that would hold a secret itself, by the one that names its file. */
const literalVariables = {
  OSTEON_PASSPHRASE: "OSTEON_PASSPHRASE_FILE",
  OSTEON_BACKUP_PASSPHRASE: "OSTEON_BACKUP_PASSPHRASE_FILE",
  OSTEON_KEY: "OSTEON_KEY_FILE",
  OSTEON_BACKUP_KEY: "OSTEON_BACKUP_KEY_FILE",
} as const;

/**
 * Refuses variables that hold a passphrase or a key in place of naming its file: whatever this process starts
 * inherits them, and so do the tools that show a process's environment.
 *
 * @throws `configuration.secret-variable` naming the variable, never its value
 */
export function refuseSecretVariables(environment: Readonly<Record<string, string | undefined>>): void {
  for (const [literal, file] of Object.entries(literalVariables)) {
    const variable = environment[literal] ? literal : looksLikeSecret(environment[file] ?? "") ? file : undefined;
    if (variable !== undefined) throw osteonError("configuration.secret-variable", { variable, file });
  }
}

/** Options that nobody has, so that what stands after them is not repeated in a message. */
const passphraseOption = /^--?(?:pass(?:phrase|word)?)(?:=|$)/i;

/**
 * Refuses a command line that holds a secret, whatever option it stands with: other users see it in the
 * list of processes, and the shell keeps it in its history.
 *
 * @param words the arguments after the program's name
 * @throws `configuration.secret` naming the option, never the secret
 */
export function refuseSecretArguments(words: readonly string[]): void {
  for (const [index, word] of words.entries()) {
    if (passphraseOption.test(word)) {
      throw osteonError("configuration.secret", { place: "The command line (a passphrase)" });
    }
    const option = /^(--[a-z][a-z-]*)=(.*)$/s.exec(word);
    if (!looksLikeSecret(option?.[2] ?? word)) continue;
    const before = words[index - 1] ?? "";
    const name = option?.[1] ?? (/^--?[a-z][a-z-]*$/.test(before) ? before : `argument ${index + 1}`);
    throw osteonError("configuration.secret", { place: `The command line (${name})` });
  }
}
