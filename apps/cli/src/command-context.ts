import type { TypedPassphrases } from "./keys/typed-passphrases.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** What commands take from the process; tests give their own. */
export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks for passphrases; left out where there is no person at a terminal. */
  readonly passphrases?: TypedPassphrases | undefined;
  /** For people: progress, explanations. */
  readonly terminal: Terminal;
  /** For scripts: the result, on standard output. */
  readonly print: (text: string) => void;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}
