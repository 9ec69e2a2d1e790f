import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { osteonError } from "@osteon/errors";
import { createFileAtomically } from "@osteon/registry";
import { createToken, hashToken } from "@osteon/service";

/** Where the service's tokens come from. */
export interface TokenSource {
  /** Tokens themselves, from OSTEON_API_TOKEN; separated by commas. */
  readonly fromEnvironment: string | undefined;
  /** File with one token a line; lines that start with # are remarks. */
  readonly path: string;
  /** Whether a missing file is created with a fresh token. */
  readonly create: boolean;
}

/** Hashes of the accepted tokens. The tokens themselves are not kept. */
export async function readTokenHashes({ fromEnvironment, path, create }: TokenSource): Promise<string[]> {
  if (fromEnvironment) return splitTokens(fromEnvironment, /,/).map(hashToken);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" || !create) {
      throw osteonError("configuration.file", { file: path, option: "service.token_path", reason: code ?? "unknown" });
    }
    text = `${createToken()}\n`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await createFileAtomically(path, new TextEncoder().encode(text), 0o600);
  }
  return splitTokens(text, /\r?\n/).map(hashToken);
}

function splitTokens(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((token) => token.trim())
    .filter((token) => token !== "" && !token.startsWith("#"));
}
