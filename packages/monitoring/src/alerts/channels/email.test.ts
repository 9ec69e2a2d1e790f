import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "../../testing/make-certificate.ts";
import type { Notice } from "../notice.ts";
import { createEmailChannel, type EmailOptions } from "./email.ts";

const password = "KANARIENVOGEL-password";
const never = new AbortController().signal;
const notice: Notice = {
  id: "6f1c7a52-0f0b-4c57-9a7e-2f6f6f0f6a51",
  event: "firing",
  alert: "audit-chain-broken",
  kind: "audit_chain_broken",
  severity: "critical",
  instance: "Klinikum Süd",
  statement: "The audit trail is broken: entries were changed or removed.",
  since: "2026-01-10T00:00:00.000Z",
  at: "2026-01-10T00:00:00.000Z",
};

let folder: string;
let certificate: string;
let key: string;
let server: SMTPServer | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-email-"));
  const made = makeCertificate(folder, "mail", 2);
  [certificate, key] = [readFileSync(made.certificatePath, "utf8"), readFileSync(made.keyPath, "utf8")];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))));

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: unknown;
  readonly text: string;
}

async function startServer(options: SMTPServerOptions = {}) {
  const mails: Mail[] = [];
  server = new SMTPServer({
    cert: certificate,
    key,
    authOptional: true,
    onAuth: ({ username, password: given }, _session, done) =>
      username === "osteon" && given === password
        ? done(null, { user: username })
        : done(new Error("KANARIENVOGEL refused")),
    onData: (stream, { envelope, secure, user }, done) => {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
      stream.once("end", () => {
        const { mailFrom, rcptTo } = envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        mails.push({ from, to: rcptTo.map(({ address }) => address), secure, user, text });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", () => resolve()));
  return { mails, port: (server.server.address() as AddressInfo).port };
}

const channelTo = (port: number, options: Partial<EmailOptions> = {}) =>
  createEmailChannel({
    name: "mail",
    host: "localhost",
    port,
    tls: "starttls",
    from: "osteon@hospital.example",
    to: ["it@hospital.example", "privacy@hospital.example"],
    certificateAuthority: certificate,
    ...options,
  });

const failureOf = async (sending: Promise<void>): Promise<string> => {
  const error: unknown = await sending.then(
    () => new Error("it was delivered"),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: "monitoring.channel" });
  expect(JSON.stringify(error) + String(error)).not.toContain("KANARIENVOGEL");
  return (error as { parameters: { reason: string } }).parameters.reason;
};

describe("an e-mail", () => {
  it("goes to everybody named, through STARTTLS, with a subject that says what it is", async () => {
    const { mails, port } = await startServer();
    await channelTo(port, { credentials: { username: "osteon", password } }).send(notice, never);
    const [mail] = mails as [Mail];
    expect(mail).toMatchObject({
      from: "osteon@hospital.example",
      to: ["it@hospital.example", "privacy@hospital.example"],
      secure: true,
      user: "osteon",
    });
    expect(mail.text).toMatch(/^Subject: =\?UTF-8\?.*\?=/m);
    expect(mail.text).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(mail.text).toContain("The audit trail is broken: entries were changed or removed.");
    expect(mail.text).not.toContain("KANARIENVOGEL");
  });

  it("goes by TLS from the first byte where that is asked for", async () => {
    const { mails, port } = await startServer({ secure: true });
    await channelTo(port, { tls: "implicit" }).send(notice, never);
    expect(mails[0]!.secure).toBe(true);
  });

  it("goes to no server that offers no STARTTLS", async () => {
    const { mails, port } = await startServer({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"] });
    expect(await failureOf(channelTo(port).send(notice, never))).toMatch(/^E/);
    expect(mails).toEqual([]);
  });

  it("goes to no server whose certificate nobody vouches for", async () => {
    const { mails, port } = await startServer();
    const { certificateAuthority: _, ...options } = { ...channelOptions(port) };
    expect(await failureOf(createEmailChannel(options).send(notice, never))).toMatch(/^E/);
    expect(mails).toEqual([]);
  });

  it("is told as not delivered where the server refuses, without its words", async () => {
    const { mails, port } = await startServer();
    const wrong = channelTo(port, { credentials: { username: "osteon", password: "wrong" } });
    expect(await failureOf(wrong.send(notice, never))).toBe("EAUTH, SMTP status 535");
    expect(mails).toEqual([]);
  });

  it("ends with its reason where nobody listens", async () => {
    expect(await failureOf(channelTo(1).send(notice, never))).toMatch(/^E/);
  });

  it("is given up when the service ends, where the server never greets", async () => {
    const silent: Server = createServer();
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const end = new AbortController();
    const sending = failureOf(channelTo((silent.address() as AddressInfo).port).send(notice, end.signal));
    setTimeout(() => end.abort(), 100);
    expect(await sending).toBe("no answer in time");
    silent.close();
  });
});

function channelOptions(port: number): EmailOptions {
  const [from, to] = ["osteon@hospital.example", ["it@hospital.example"]];
  return { name: "mail", host: "localhost", port, tls: "starttls", from, to };
}
