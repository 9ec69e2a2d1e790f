import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { failureOf, printedBy, programInProcess } from "./support/in-process.ts";

const secret = "KANARIENVOGEL-secret-of-a-webhook";
let folder: string;
let hook: Server;
let status = 204;
const bodies: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-alerts-"));
  hook = createServer((request, response) => {
    request.setEncoding("utf8").on("data", (text: string) => bodies.push(text));
    request.once("end", () => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  writeFileSync(join(folder, "hook-secret"), secret, { mode: 0o600 });
});
afterAll(() => {
  hook.closeAllConnections();
  hook.close();
  rmSync(folder, { recursive: true, force: true });
});

function configure(text: string): string {
  const file = join(folder, "osteon.yaml");
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  writeFileSync(file, text.replaceAll("HOOK", url));
  return file;
}
const twoChannels = `
observability: { directory: monitoring }
alerts:
  channels:
    - { kind: webhook, name: chat, url: "HOOK", secret_path: hook-secret }
    - { kind: webhook, name: gone, url: "http://127.0.0.1:1/" }
  rules: [{ when: backup_age, severity: critical }, { when: drift }]
`;

it("osteon alerts test says of each channel whether it took the notice, and ends with 5 where one did not", async () => {
  const config = configure(twoChannels);
  const printed: string[] = [];
  const testing = programInProcess((text) => void printed.push(text)).parseAsync(["alerts", "test", "-c", config], {
    from: "user",
  });
  await expect(testing).rejects.toMatchObject({
    code: "monitoring.channels-failed",
    parameters: { failed: 1, all: 2 },
  });
  expect(printed).toEqual(["chat (webhook): delivered", "gone (webhook): not delivered: ECONNREFUSED"]);
  expect(JSON.parse(bodies.at(-1)!)).toMatchObject({ event: "test", instance: "osteon" });
  expect((await failureOf(["alerts", "test", "-c", config])).code).toBe(5);
});

it("osteon alerts test ends well where every channel took it", async () => {
  const config = configure('alerts: { channels: [{ kind: webhook, name: chat, url: "HOOK" }] }');
  expect(await printedBy(["alerts", "test", "-c", config])).toBe("chat (webhook): delivered");
  status = 500;
  expect((await failureOf(["alerts", "test", "-c", config])).code).toBe(5);
  status = 204;
});

it("osteon alerts test refuses a configuration without a channel, and a channel whose secret is none", async () => {
  expect(await failureOf(["alerts", "test", "-c", configure("alerts: {}")])).toMatchObject({ code: 2 });
  const short = { OSTEON_ALERTS_CHAT_SECRET: "KANARIENVOGEL" };
  const failure = await failureOf(["alerts", "test", "-c", configure(twoChannels)], short);
  expect(failure.code).toBe(2);
  expect(failure.message).not.toContain("KANARIENVOGEL");
});

it("a secret itself has no place in the configuration", async () => {
  const config = configure(`alerts: { channels: [{ kind: webhook, name: chat, url: "HOOK", secret: ${secret} }] }`);
  const { code, message } = await failureOf(["alerts", "list", "-c", config]);
  expect(code).toBe(2);
  expect(message).toContain("alerts.channels.0.secret");
  expect(message).not.toContain("KANARIENVOGEL");
});

it("osteon alerts list shows how each rule stood when the service last looked", async () => {
  const config = configure(twoChannels);
  const before = JSON.parse(await printedBy(["alerts", "list", "-c", config, "--json"])) as { state: string }[];
  expect(before.map(({ state }) => state)).toEqual(["no data", "no data"]);
  mkdirSync(join(folder, "monitoring"));
  const since = Date.UTC(2026, 0, 10);
  const states = {
    "backup-age": {
      kind: "backup_age",
      phase: "firing",
      since,
      clearSince: null,
      noticeAt: since,
      known: true,
      statement: "No backup was ever made.",
    },
  };
  writeFileSync(
    join(folder, "monitoring", "alerts.json"),
    JSON.stringify({ format: "osteon-alerts/1", states, waiting: [] }),
  );
  expect(await printedBy(["alerts", "list", "-c", config])).toBe(
    [
      "STATE    SINCE                 SEVERITY  ALERT       WHAT IS KNOWN",
      "firing   2026-01-10T00:00:00Z  critical  backup-age  No backup was ever made.",
      "no data                        warning   drift       ",
    ].join("\n"),
  );
  writeFileSync(join(folder, "monitoring", "alerts.json"), "{");
  expect(await failureOf(["alerts", "list", "-c", config])).toMatchObject({
    code: 2,
    message: expect.stringContaining("alerts.json"),
  });
});
