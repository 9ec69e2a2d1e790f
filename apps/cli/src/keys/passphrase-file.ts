import { OsteonError, osteonError } from "@osteon/errors";
import { readKeyFile } from "@osteon/registry";
import type { KeyContext } from "./command-keys.ts";

/** A file with a passphrase, and what names it. */
export interface PassphraseFile {
  readonly path: string;
  /** The variable or the key of the configuration, for messages. */
  readonly setting: string;
}

/**
 * Finds the file of a passphrase; undefined where none is named.
 *
 * @param configured file that the configuration names, if any
 * @param variables of the environment that name a file: the first that is set counts, before the configuration
 */
export function findPassphraseFile(
  { environment }: KeyContext,
  configured: string | undefined,
  variables: readonly string[] = ["OSTEON_PASSPHRASE_FILE"],
): PassphraseFile | undefined {
  const variable = variables.find((name) => environment[name]);
  if (variable !== undefined) return { path: environment[variable]!, setting: variable };
  return configured === undefined ? undefined : { path: configured, setting: "encryption.passphrase_path" };
}

/**
 * Reads a passphrase: the one line of a file that is its owner's alone. The line's end is not part of it, blanks are.
 *
 * Messages name the setting in place of the file: who takes it for the passphrase itself must not find that in one.
 *
 * @throws `registry.passphrase`, `registry.key-permissions`
 */
export async function readPassphraseFile({ path, setting }: PassphraseFile): Promise<string> {
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
