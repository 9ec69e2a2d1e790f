import { osteonError } from "@osteon/errors";
import { keyText, readKeyFileBytes } from "../key-file.ts";
import { isProtected, unprotectKey } from "./protected-key.ts";

/** Where a secret key comes from: a file, a file that a passphrase protects, or what a command prints. */
export interface KeySource {
  /** How messages call it: the file's path, or the command by its program. Never a secret. */
  readonly name: string;
  /** Of the file; undefined where the key is in none. */
  readonly path: string | undefined;
  /** The key's text. @throws what the source says of itself; of a file, the system's errors too */
  readonly read: () => Promise<string>;
}

/**
 * Finds the passphrase of a protected key.
 *
 * @param name how messages call the key
 * @param attempt the key's text; undefined where this is not its passphrase
 */
export type Unlock = (name: string, attempt: (passphrase: string) => Promise<string | undefined>) => Promise<string>;

/** A key file, in plain or protected by a passphrase. @param unlock without it a protected one is refused */
export function keyFile(path: string, unlock: Unlock = refuseProtected): KeySource {
  return {
    name: path,
    path,
    read: async () => {
      const bytes = await readKeyFileBytes(path);
      if (isProtected(bytes)) return unlock(path, (passphrase) => unprotectKey(bytes, passphrase, path));
      return keyText(bytes);
    },
  };
}

/** A source as it is, and a path as that of a key file in plain. */
export function toKeySource(source: KeySource | string): KeySource {
  return typeof source === "string" ? keyFile(source) : source;
}

function refuseProtected(file: string): Promise<never> {
  return Promise.reject(osteonError("registry.passphrase-missing", { file }));
}
