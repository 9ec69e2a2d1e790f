import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "../../testing/make-certificate.ts";
import type { Notice } from "../notice.ts";
import { createWebhook } from "./webhook.ts";

const secret = "KANARIENVOGEL-secret-of-a-webhook";
const never = new AbortController().signal;
const notice: Notice = {
  id: "6f1c7a52-0f0b-4c57-9a7e-2f6f6f0f6a51",
  event: "firing",
  alert: "backup-age",
  kind: "backup_age",
  severity: "critical",
  instance: "osteon",
  statement: "No backup was ever made.",
  since: "2026-01-10T00:00:00.000Z",
  at: "2026-01-10T00:00:00.000Z",
};

let folder: string;
let certificate: string;
let key: string;
let server: Server | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-webhook-"));
  const made = makeCertificate(folder, "hook", 2);
  [certificate, key] = [readFileSync(made.certificatePath, "utf8"), readFileSync(made.keyPath, "utf8")];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly url: string;
}

async function receive(
  answer: RequestListener = (_request, response) => void response.writeHead(204).end(),
  https = true,
) {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.once("end", () => {
      received.push({ headers: request.headers as Record<string, string>, body, url: request.url! });
      answer(request, response);
    });
  };
  server = https ? createServer({ cert: certificate, key }, listener) : createHttpServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, "localhost", resolve));
  const url = `${https ? "https" : "http"}://localhost:${(server.address() as AddressInfo).port}/hook?room=7`;
  return { received, url };
}

const failureOf = async (sending: Promise<void>): Promise<string> => {
  const error: unknown = await sending.then(
    () => new Error("it was delivered"),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: "monitoring.channel" });
  expect(JSON.stringify(error)).not.toContain("KANARIENVOGEL");
  return (error as { parameters: { reason: string } }).parameters.reason;
};

describe("a webhook", () => {
  it("posts a notice that the library of Standard Webhooks accepts, and no altered one", async () => {
    const { received, url } = await receive();
    const webhook = createWebhook({
      name: "chat",
      url,
      secret: Buffer.from(secret),
      certificateAuthority: certificate,
    });
    await webhook.send(notice, never);
    const [{ headers, body, url: path }] = received as [Received];
    const verifier = new Webhook(secret, { format: "raw" });
    expect(verifier.verify(body, headers)).toEqual({
      ...notice,
      text:
        "[osteon] CRITICAL alert: backup-age\nNo backup was ever made.\n" +
        "Since 2026-01-10T00:00:00.000Z; told at 2026-01-10T00:00:00.000Z.",
    });
    expect(path).toBe("/hook?room=7");
    expect(headers["webhook-id"]).toBe(notice.id);
    expect(() => verifier.verify(body.replace("backup", "nothing"), headers)).toThrow();
    expect(() => new Webhook("another secret of a webhook", { format: "raw" }).verify(body, headers)).toThrow();
  });

  it("is not signed without a secret", async () => {
    const { received, url } = await receive();
    await createWebhook({ name: "chat", url, certificateAuthority: certificate }).send(notice, never);
    expect(received[0]!.headers).not.toHaveProperty("webhook-signature");
  });

  it("takes a program of this computer without TLS", async () => {
    const { received, url } = await receive(undefined, false);
    await createWebhook({ name: "chat", url }).send(notice, never);
    expect(received).toHaveLength(1);
  });

  it("sends nothing to a server whose certificate nobody vouches for", async () => {
    const { received, url } = await receive();
    expect(await failureOf(createWebhook({ name: "chat", url }).send(notice, never))).toMatch(/SELF_SIGNED/);
    expect(received).toEqual([]);
  });

  it.each([
    [500, "it answered with HTTP status 500"],
    [404, "it answered with HTTP status 404"],
    [302, "it answered with HTTP status 302"],
  ])("that answers %i was not delivered", async (status, reason) => {
    const { received, url } = await receive((_request, response) => {
      response.writeHead(status, { location: "https://evil.example/" }).end("KANARIENVOGEL");
    });
    const webhook = createWebhook({ name: "chat", url, certificateAuthority: certificate });
    expect(await failureOf(webhook.send(notice, never))).toBe(reason);
    expect(received).toHaveLength(1);
  });

  it("that nobody answers ends with its reason", async () => {
    const webhook = createWebhook({ name: "chat", url: "http://127.0.0.1:1/KANARIENVOGEL" });
    expect(await failureOf(webhook.send(notice, never))).toBe("ECONNREFUSED");
  });

  it("does not wait for the end of an endless answer", async () => {
    const { url } = await receive((_request, response) => {
      response.writeHead(200);
      response.write("and so on");
    });
    await createWebhook({ name: "chat", url, certificateAuthority: certificate }).send(notice, never);
  });

  it("that does not answer is given up when the service ends", async () => {
    const { received, url } = await receive(() => undefined);
    const end = new AbortController();
    const sending = failureOf(
      createWebhook({ name: "chat", url, certificateAuthority: certificate }).send(notice, end.signal),
    );
    await expect.poll(() => received).toHaveLength(1);
    end.abort();
    expect(await sending).toBe("the service stops");
  });

  it("that does not answer is given up after a while", async () => {
    const { url } = await receive(() => undefined);
    const webhook = createWebhook({ name: "chat", url, certificateAuthority: certificate, timeoutMs: 200 });
    expect(await failureOf(webhook.send(notice, never))).toBe("it did not answer in time");
  });
});
