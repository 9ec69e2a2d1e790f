import type { Configuration } from "@osteon/contracts";
import { keyCommand, keyFile, readIdentity, type Identity, type KeySource } from "@osteon/registry";
import type { CommandContext } from "../command-context.ts";
import { environmentOfKeyCommand } from "./key-command-environment.ts";
import { unlockWith } from "./unlock.ts";

/** What finding a key takes of a command's context. */
export type KeyContext = Pick<CommandContext, "environment" | "passphrases"> & Partial<Pick<CommandContext, "signal">>;

/** Where a command finds its keys, from its options, the environment and the configuration. */
export interface CommandKeys {
  /** Opens models: from `--key`, else OSTEON_KEY_FILE, else the configuration; undefined where none is named. */
  readonly identity: (option: string | undefined) => KeySource | undefined;
  /** What the configured command prints in place of a file; undefined where there is none. */
  readonly command: (purpose: KeyPurpose) => KeySource | undefined;
  /** A key file, which a passphrase may protect. */
  readonly file: (path: string) => KeySource;
}

/** Keys that a command may print. */
type KeyPurpose = "identity" | "registry-signing" | "audit-signing";

export function keysOf(context: KeyContext, configuration: Configuration): CommandKeys {
  const { environment, signal } = context;
  const { encryption, registry, audit } = configuration;
  const commands: Readonly<Record<KeyPurpose, { setting: string; words: readonly string[] | undefined }>> = {
    identity: { setting: "encryption.key_command", words: encryption.key_command },
    "registry-signing": { setting: "registry.signing_key_command", words: registry.signing_key_command },
    "audit-signing": { setting: "audit.signing_key_command", words: audit.signing_key_command },
  };
  const unlock = unlockWith(context, encryption.passphrase_path);
  const file = (path: string) => keyFile(path, unlock);
  const command = (purpose: KeyPurpose): KeySource | undefined => {
    const { setting, words } = commands[purpose];
    if (words === undefined) return undefined;
    return keyCommand({
      words,
      setting,
      environment: environmentOfKeyCommand(environment, encryption.command_environment),
      timeoutSeconds: encryption.command_timeout_seconds,
      signal,
    });
  };
  return {
    file,
    command,
    identity: (option) => {
      const named = option ?? (environment["OSTEON_KEY_FILE"] || undefined);
      if (named !== undefined) return file(named);
      return encryption.key_path === undefined ? command("identity") : file(encryption.key_path);
    },
  };
}

/** Reads the key that opens models; undefined where none is named. @throws what reading it throws */
export async function readNamedIdentity(option: string | undefined, keys: CommandKeys): Promise<Identity | undefined> {
  const source = keys.identity(option);
  return source && readIdentity(source);
}
