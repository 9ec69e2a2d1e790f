import { createHmac } from "node:crypto";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { osteonError } from "@osteon/errors";
import { textOf, type Notice } from "../notice.ts";
import { attemptMs, type Channel } from "./channel.ts";

export interface WebhookOptions {
  readonly name: string;
  readonly url: string;
  /** Signs what is sent; undefined for no signature. */
  readonly secret?: Uint8Array;
  /** Certificate authority in PEM form, in place of the well-known ones. */
  readonly certificateAuthority?: string;
  /** Longest time for an answer, ms. Default 10,000. */
  readonly timeoutMs?: number;
}

/**
 * Posts notices as JSON, signed as Standard Webhooks says (headers `webhook-id`, `webhook-timestamp`,
 * `webhook-signature`). Follows no redirect: it could lead anywhere.
 */
export function createWebhook(options: WebhookOptions): Channel {
  const { name, url, secret, certificateAuthority, timeoutMs = attemptMs } = options;
  const send = async (notice: Notice, signal: AbortSignal): Promise<void> => {
    // `text` is what chat programs' webhooks show.
    const body = JSON.stringify({ ...notice, text: textOf(notice) });
    // Of this attempt: receivers refuse what is minutes old, since it may be repeated by somebody else.
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      "user-agent": "osteon",
      "webhook-id": notice.id,
      "webhook-timestamp": timestamp,
      ...(secret !== undefined && { "webhook-signature": signWebhook(secret, notice.id, timestamp, body) }),
    };
    const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const status = await post(new URL(url), headers, body, certificateAuthority, ended).catch((error: unknown) => {
      throw osteonError("monitoring.channel", { channel: name, reason: reasonOf(error) });
    });
    if (status < 200 || status >= 300) {
      throw osteonError("monitoring.channel", { channel: name, reason: `it answered with HTTP status ${status}` });
    }
  };
  return { name, kind: "webhook", send };
}

/** `v1,` and the HMAC-SHA-256 of `id.timestamp.body` in base64. */
function signWebhook(secret: Uint8Array, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  ca: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { method: "POST", headers, signal };
    const request =
      url.protocol === "https:"
        ? requestHttps(url, { ...options, minVersion: "TLSv1.2", ...(ca !== undefined && { ca }) })
        : requestHttp(url, options);
    request.once("error", reject);
    request.once("response", (response) => {
      // What it says is not wanted, however long it is.
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.end(body);
  });
}

function reasonOf(error: unknown): string {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  if (code !== "ABORT_ERR") return typeof code === "string" ? code : "unknown reason";
  return (cause as Error | undefined)?.name === "TimeoutError" ? "it did not answer in time" : "the service stops";
}
