import { readFile } from "node:fs/promises";
import type { AlertChannel } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { readKeyFile } from "@osteon/registry";
import type { Channel } from "./channel.ts";
import { createEmailChannel } from "./email.ts";
import { createWebhook } from "./webhook.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const fewestSecretBytes = 16;

/**
 * Makes the channels of a configuration. A secret comes from the variable `OSTEON_ALERTS_<NAME>_SECRET` (or
 * `_PASSWORD`, of a mail server), from the file that the same name with `_FILE` gives, or from the configured path.
 *
 * @throws `monitoring.secret`, `registry.key-permissions`, `configuration.file`; never with a secret in it
 */
export function openChannels(
  configured: readonly AlertChannel[],
  environment: Environment,
): Promise<readonly Channel[]> {
  return Promise.all(configured.map((channel) => openChannel(channel, environment)));
}

async function openChannel(channel: AlertChannel, environment: Environment): Promise<Channel> {
  const { name, ca_path } = channel;
  const authority = ca_path === undefined ? {} : { certificateAuthority: await readText(ca_path, name) };
  if (channel.kind === "webhook") {
    const secret = await readSecret(name, "SECRET", channel.secret_path, environment);
    return createWebhook({
      name,
      url: channel.url,
      ...authority,
      ...(secret !== undefined && { secret: bytesOf(secret, name) }),
    });
  }
  const password = await readSecret(name, "PASSWORD", channel.password_path, environment);
  const { host, port, tls, username, from, to } = channel;
  if ((username === undefined) !== (password === undefined)) {
    const problem = username === undefined ? "has a password and no username" : "has a username and no password";
    throw osteonError("monitoring.secret", { channel: name, problem });
  }
  const credentials = username === undefined || password === undefined ? {} : { credentials: { username, password } };
  return createEmailChannel({ name, host, port, tls, from, to, ...authority, ...credentials });
}

async function readSecret(
  name: string,
  what: "SECRET" | "PASSWORD",
  configured: string | undefined,
  environment: Environment,
): Promise<string | undefined> {
  const variable = `OSTEON_ALERTS_${name.toUpperCase().replaceAll("-", "_")}_${what}`;
  const given = environment[variable];
  if (given) return given;
  const path = environment[`${variable}_FILE`] || configured;
  if (path === undefined) return undefined;
  const text = (await readKeyFile(path)).trim();
  if (text === "")
    throw osteonError("monitoring.secret", { channel: name, problem: "has a file for it that is empty" });
  return text;
}

/** `whsec_` and base64, as Standard Webhooks writes secrets, or the text itself. */
function bytesOf(secret: string, channel: string): Uint8Array {
  const bytes = secret.startsWith("whsec_")
    ? Buffer.from(secret.slice("whsec_".length), "base64")
    : Buffer.from(secret, "utf8");
  if (bytes.length >= fewestSecretBytes) return bytes;
  throw osteonError("monitoring.secret", {
    channel,
    problem: `has one of fewer than ${fewestSecretBytes} bytes, which can be guessed`,
  });
}

async function readText(path: string, channel: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("configuration.file", { file: path, option: `ca_path of the channel ${channel}`, reason });
  }
}
