import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationSchema, type AlertChannel } from "@osteon/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChannels } from "./open-channels.ts";

const secret = "KANARIENVOGEL-long-enough";

let folder: string;
let secretPath: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-channels-"));
  secretPath = join(folder, "secret");
  writeFileSync(secretPath, `${secret}\n`, { mode: 0o600 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const channelOf = (channel: object): AlertChannel =>
  configurationSchema.parse({ alerts: { channels: [channel] } }).alerts.channels[0]!;
const webhook = (parts: object = {}) =>
  channelOf({ kind: "webhook", name: "on-call", url: "https://hook.example", ...parts });
const email = (parts: object = {}) =>
  channelOf({ kind: "email", name: "mail", host: "mail.example", from: "a@b.example", to: ["c@d.example"], ...parts });

const failureOf = async (channel: AlertChannel, environment: Record<string, string> = {}) => {
  const error: unknown = await openChannels([channel], environment).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(JSON.stringify(error) + String(error)).not.toContain("KANARIENVOGEL");
  return error as { code: string; message: string };
};

describe("channels", () => {
  it("take their secrets from a file, an environment variable, or a file that a variable names", async () => {
    const opened = await openChannels(
      [webhook({ secret_path: secretPath }), email({ username: "u", password_path: secretPath })],
      {},
    );
    expect(opened.map(({ name, kind }) => [name, kind])).toEqual([
      ["on-call", "webhook"],
      ["mail", "email"],
    ]);
    await openChannels([webhook()], { OSTEON_ALERTS_ON_CALL_SECRET: secret });
    await openChannels([email({ username: "u" })], { OSTEON_ALERTS_MAIL_PASSWORD_FILE: secretPath });
  });

  it("refuse a secret that is short, empty, or that others may read", async () => {
    const environment = { OSTEON_ALERTS_ON_CALL_SECRET: "KANARIENVOGEL" };
    expect(await failureOf(webhook(), environment)).toMatchObject({ code: "monitoring.secret" });
    expect((await failureOf(webhook(), { OSTEON_ALERTS_ON_CALL_SECRET: "whsec_QUFB" })).code).toBe("monitoring.secret");
    const empty = join(folder, "empty");
    writeFileSync(empty, "\n", { mode: 0o600 });
    expect((await failureOf(webhook({ secret_path: empty }))).message).toContain("on-call");
    const open = join(folder, "open");
    writeFileSync(open, secret);
    chmodSync(open, 0o644);
    expect((await failureOf(webhook({ secret_path: open }))).code).toBe("registry.key-permissions");
  });

  it("refuse a name without a password, a password without a name, and an authority that is not there", async () => {
    expect((await failureOf(email({ username: "u" }))).code).toBe("monitoring.secret");
    expect((await failureOf(email({ password_path: secretPath }))).code).toBe("monitoring.secret");
    expect((await failureOf(webhook({ ca_path: join(folder, "nothing.pem") }))).code).toBe("configuration.file");
  });
});

describe("the configuration of alerts", () => {
  const faultsOf = (alerts: object): string[] => {
    const parsed = configurationSchema.safeParse({ alerts });
    return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  };
  const hook = { kind: "webhook", name: "chat", url: "https://hook.example" };
  const mail = { kind: "email", name: "mail", host: "mail.example", from: "a@b.example", to: ["c@d.example"] };

  it.each([
    [{ ...hook, url: "http://hook.example" }],
    [{ ...hook, url: "https://user:word@hook.example" }],
    [{ ...hook, url: "file:///etc/passwd" }],
    [{ ...hook, secret: "x" }],
    [{ ...hook, name: "Chat Room" }],
    [{ ...mail, tls: "none" }],
    [{ ...mail, to: [] }],
    [{ ...mail, to: ["a@b.example\nBcc: everybody@example.org"] }],
    [{ ...mail, host: "mail.example/../x" }],
  ])("refuses the channel %j", (channel) => {
    expect(faultsOf({ channels: [channel] })).toHaveLength(1);
  });

  it("takes plain connections to this computer alone", () => {
    const channels = [
      { ...hook, url: "http://127.0.0.1:9000/x" },
      { ...mail, host: "localhost", tls: "none" },
    ];
    expect(faultsOf({ channels })).toEqual([]);
  });

  it("refuses two of one name, and channels that are not there", () => {
    expect(faultsOf({ channels: [hook, hook] })).toEqual(
      ["channels.1.name: must be another name: a channel above has it"].map((fault) => `alerts.${fault}`),
    );
    expect(faultsOf({ rules: [{ when: "drift" }, { when: "drift" }] })).toHaveLength(1);
    expect(faultsOf({ rules: [{ when: "drift" }, { when: "drift", name: "again" }] })).toEqual([]);
    expect(faultsOf({ rules: [{ when: "drift", channels: ["nobody"] }], channels: [hook] })).toHaveLength(1);
  });

  it("refuses a name of the service that would break a line of a mail", () => {
    expect(faultsOf({ instance: "x\r\nBcc: everybody@example.org" })).toHaveLength(1);
  });
});
