import type { Configuration } from "@osteon/contracts";
import type { CommandContext } from "../command-context.ts";

/** The identity file's path: from `--key`, else from OSTEON_KEY_FILE, else from the configuration. */
export function keyPathOf(
  option: string | undefined,
  { environment }: CommandContext,
  configuration?: Configuration,
): string | undefined {
  return option ?? (environment["OSTEON_KEY_FILE"] || configuration?.encryption.key_path);
}
