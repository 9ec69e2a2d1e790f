import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { osteonError } from "@osteon/errors";

/** Where a token to ask with may be, in this order. */
export interface TokenPlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `service.token_path` of the configuration. */
  readonly configured: string | undefined;
  /** The file that the service makes by itself; it need not be there. */
  readonly own: string | undefined;
}

/**
 * The token to ask a service with, the first where there are several; undefined where there is none.
 *
 * @throws `configuration.file` where a file that is named cannot be read; never with a token in it
 */
export async function readRequestToken({ environment, configured, own }: TokenPlaces): Promise<string | undefined> {
  const given = environment["OSTEON_API_TOKEN"];
  if (given) return firstOf(given.split(","));
  const named = environment["OSTEON_API_TOKEN_FILE"];
  if (named) return readTokenFile(named, "OSTEON_API_TOKEN_FILE");
  if (configured !== undefined) return readTokenFile(configured, "service.token_path");
  return own !== undefined && existsSync(own) ? readTokenFile(own, "--registry") : undefined;
}

async function readTokenFile(path: string, option: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("configuration.file", { file: path, option, reason });
  }
  return firstOf(text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/));
}

function firstOf(words: readonly string[]): string | undefined {
  return words.map((word) => word.trim()).find((word) => word !== "" && !word.startsWith("#"));
}
