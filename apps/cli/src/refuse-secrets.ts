import { osteonError } from "@osteon/errors";
import { looksLikeSecret } from "@osteon/settings";

/**
 * Refuses a command line that holds a secret, whatever option it stands with: other users see it in the
 * list of processes, and the shell keeps it in its history.
 *
 * @param words the arguments after the program's name
 * @throws `configuration.secret` naming the option, never the secret
 */
export function refuseSecretArguments(words: readonly string[]): void {
  for (const [index, word] of words.entries()) {
    const option = /^(--[a-z][a-z-]*)=(.*)$/s.exec(word);
    if (!looksLikeSecret(option?.[2] ?? word)) continue;
    const before = words[index - 1] ?? "";
    const name = option?.[1] ?? (/^--?[a-z][a-z-]*$/.test(before) ? before : `argument ${index + 1}`);
    throw osteonError("configuration.secret", { place: `The command line (${name})` });
  }
}
