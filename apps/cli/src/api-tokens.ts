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
  /** What gave the path, as messages call it. */
  readonly option: string;
  /** Whether a missing file is created with a fresh token. */
  readonly create: boolean;
}

export interface AcceptedTokens {
  /** Hashes; the tokens themselves are not kept. */
  readonly hashes: readonly string[];
  /** Where a client's user finds a token: the file, or the variable's name. */
  readonly place: string;
}

/** What RFC 6750 lets stand after `Bearer `. */
const permittedForm = /^[\w\-.~+/]+=*$/;
/** Shorter ones are words that somebody thought of; `openssl rand -hex 16` gives twice as many. */
const fewestCharacters = 16;

/**
 * Reads the accepted tokens.
 *
 * @throws `configuration.file`, `configuration.token`; never with a token in it
 */
export async function readAcceptedTokens(source: TokenSource): Promise<AcceptedTokens> {
  const { fromEnvironment, path } = source;
  if (fromEnvironment !== undefined && fromEnvironment !== "") {
    return { hashes: hashAll(fromEnvironment, /,/, "OSTEON_API_TOKEN"), place: "$OSTEON_API_TOKEN" };
  }
  return { hashes: hashAll(await readOrCreate(source), /\r\n|\n|\r/, path), place: path };
}

async function readOrCreate({ path, option, create }: TokenSource): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    if (reason !== "ENOENT" || !create) throw osteonError("configuration.file", { file: path, option, reason });
  }
  const text = `${createToken()}\n`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await createFileAtomically(path, new TextEncoder().encode(text), 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // Another service that starts at the same time was first: both take its token.
    return readFile(path, "utf8");
  }
  return text;
}

function hashAll(text: string, separator: RegExp, place: string): string[] {
  const tokens = text
    .replace(/^\uFEFF/, "")
    .split(separator)
    .map((token) => token.trim())
    .filter((token) => token !== "" && !token.startsWith("#"));
  if (tokens.length === 0) throw osteonError("configuration.token", { place, problem: "holds no token" });
  for (const [index, token] of tokens.entries()) {
    const name = tokens.length === 1 ? "a token" : `a token (number ${index + 1})`;
    if (!permittedForm.test(token)) {
      const problem = `holds ${name} with characters that an Authorization header does not take`;
      throw osteonError("configuration.token", { place, problem });
    }
    if (token.length < fewestCharacters) {
      const problem = `holds ${name} of fewer than ${fewestCharacters} characters, which can be guessed`;
      throw osteonError("configuration.token", { place, problem });
    }
  }
  return tokens.map(hashToken);
}
