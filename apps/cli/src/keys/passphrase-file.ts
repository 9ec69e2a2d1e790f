import { OsteonError, osteonError } from "@osteon/errors";
import { readKeyFile } from "@osteon/registry";

/**
 * Reads a passphrase: the one line of a file that is its owner's alone. The line's end is not part of it, blanks are.
 *
 * @param setting what names the file. Messages name this in place of the file: who takes it for the passphrase itself
 *   must not find that in a message.
 * @throws `registry.passphrase`, `registry.key-permissions`
 */
export async function readPassphraseFile(path: string, setting: string): Promise<string> {
  const refuse = (reason: string) =>
    osteonError("registry.passphrase", { place: `What is in the file that ${setting} names`, reason });
  let text: string;
  try {
    text = await readKeyFile(path);
  } catch (error) {
    if (error instanceof OsteonError) throw error;
    throw refuse(`the file cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})`);
  }
  const passphrase = text.replace(/\r?\n$/, "");
  if (passphrase === "") throw refuse("it is empty");
  if (/[\r\n\0]/.test(passphrase)) throw refuse("it has more than one line");
  return passphrase;
}
