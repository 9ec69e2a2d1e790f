import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { patientListAnswerSchema, problemSchema, singlePatientAnswerSchema } from "@osteon/contracts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { printedBy } from "./support/in-process.ts";
import { startOsteon, type OsteonProcess } from "./support/osteon-process.ts";
import { fillDisk, mayMount, smallDisk } from "./support/small-disk.ts";
import { writeTwoModels } from "./support/two-models.ts";

let folder: string;
let versions: readonly [string, string];
const place = () => ["--key", join(folder, "key.txt"), "--registry", join(folder, "registry")];
const models = async (...words: string[]): Promise<unknown> =>
  JSON.parse(await printedBy(["models", ...words, ...place(), "--json"]));
const promote = (version: string) => models("promote", version, "--override", "--reason", "a test of faults");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-faults-"));
  versions = await writeTwoModels(folder);
  await promote(versions[0]);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Service {
  readonly process: OsteonProcess;
  readonly port: number;
  readonly token: string;
  readonly log: string;
}
const started: OsteonProcess[] = [];
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
});

async function serve(service: string, port = 0): Promise<Service> {
  const configuration = join(folder, "service.yaml");
  const log = join(folder, `service-${started.length}-${Date.now()}.log`);
  writeFileSync(configuration, `service: ${service}\n`);
  const words = ["serve", "--config", configuration, ...place(), "--port", String(port), "--log", log];
  const process = startOsteon(words);
  started.push(process);
  const [, address] = await process.waitFor(/, at (http:\/\/\S+) \(token/);
  const token = readFileSync(join(folder, "registry", "keys", "api-token"), "utf8").trim();
  return { process, port: Number(new URL(address!).port), token, log };
}

/** What a client saw of one request. */
type Outcome = "answered" | "refused" | "broken";

/** Asks once and holds what comes back whole against the contract. */
async function ask({ port, token }: Pick<Service, "port" | "token">, count: number, seed: number): Promise<Outcome> {
  let status: number;
  let body: string;
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/generate`, {
      method: "POST",
      // A kept connection that idles may be closed just when it is used again, which is no fault of the service.
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", connection: "close" },
      body: JSON.stringify({ count, seed }),
    });
    status = answer.status;
    body = await answer.text();
  } catch {
    return "broken";
  }
  // An answer that came to its end is whole: anything else fails here.
  const json = JSON.parse(body) as unknown;
  if (status === 200) {
    if (count === 1) singlePatientAnswerSchema.parse(json);
    else expect(patientListAnswerSchema.parse(json).patients).toHaveLength(count);
    return "answered";
  }
  expect(status).toBe(503);
  expect(problemSchema.parse(json).retryable).toBe(true);
  return "refused";
}

/** Clients that ask until they are stopped, for one patient or many. */
function startClients(service: Pick<Service, "port" | "token">, clients: number) {
  const outcomes: Record<Outcome, number> = { answered: 0, refused: 0, broken: 0 };
  let running = true;
  const done = Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let seed = 0; running; seed++) {
        const outcome = await ask(service, client % 4 === 0 ? 200 : 1, seed);
        outcomes[outcome]++;
        if (outcome === "broken") await delay(20);
      }
    }),
  );
  return {
    outcomes,
    stop: async () => {
      running = false;
      await done;
    },
  };
}

describe("osteon serve under load", () => {
  it("is killed and started again: clients see broken connections, and no answer that is whole and wrong", async () => {
    const first = await serve("{ workers: 2 }");
    const clients = startClients(first, 20);
    await expect.poll(() => clients.outcomes.answered, { timeout: 60_000 }).toBeGreaterThan(50);
    first.process.child.kill("SIGKILL");
    expect((await first.process.ended).signal).toBe("SIGKILL");
    await expect.poll(() => clients.outcomes.broken, { timeout: 60_000 }).toBeGreaterThan(20);

    const before = clients.outcomes.answered;
    await serve("{ workers: 2 }", first.port);
    await expect.poll(() => clients.outcomes.answered, { timeout: 60_000 }).toBeGreaterThan(before + 50);
    await clients.stop();

    // What the service reads is as it was, and can be moved.
    expect(await models("verify")).toMatchObject({ versions: [{ problem: null }, { problem: null }] });
    const files = readdirSync(join(folder, "registry"), { recursive: true }).map(String);
    expect(files.filter((name) => /lock|partial|tmp/.test(name))).toEqual([]);
    const health = async () =>
      ((await (await fetch(`http://127.0.0.1:${first.port}/health`)).json()) as { model_version: string })
        .model_version;
    for (const version of [versions[1], versions[0]]) {
      await promote(version);
      await expect.poll(health, { timeout: 20_000 }).toBe(version);
    }
  });

  it("ends on SIGTERM after it told balancers and answered what was under way", async () => {
    const service = await serve("{ workers: 1, drain_notice_ms: 5000 }");
    const clients = startClients(service, 12);
    await expect.poll(() => clients.outcomes.answered, { timeout: 60_000 }).toBeGreaterThan(20);
    service.process.child.kill("SIGTERM");
    const url = `http://127.0.0.1:${service.port}/health/ready`;
    // Told to leave, a balancer sends no more, as these clients do not.
    await expect.poll(async () => (await fetch(url)).status, { timeout: 10_000 }).toBe(503);
    await clients.stop();
    expect(clients.outcomes.broken).toBe(0);
    expect((await service.process.ended).code).toBe(0);
    expect(readFileSync(service.log, "utf8")).toMatch(/"service\.stopped".*"signal"|"signal".*"service\.stopped"/);
  });

  it("is not kept by a client that does not read: after the deadline it ends", async () => {
    const service = await serve("{ workers: 1, load: { patients_under_way: 100000 }, drain_timeout_ms: 500 }");
    const body = JSON.stringify({ count: 1000 });
    const socket = connect(service.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.pause();
    const request =
      `POST /generate HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${service.token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    // More than the buffers of a connection hold.
    socket.write(request.repeat(20));
    await delay(1_000);
    service.process.child.kill("SIGTERM");
    expect((await service.process.ended).code).toBe(0);
    expect(readFileSync(service.log, "utf8")).toContain('"deadline"');
    socket.destroy();
  });

  it("refuses what is too much with 503 and answers the rest", async () => {
    const service = await serve("{ workers: 1, load: { requests_under_way: 4 } }");
    const clients = startClients(service, 40);
    await expect.poll(() => clients.outcomes.answered, { timeout: 60_000 }).toBeGreaterThan(20);
    await expect.poll(() => clients.outcomes.refused, { timeout: 60_000 }).toBeGreaterThan(20);
    await clients.stop();
    expect(clients.outcomes.broken).toBe(0);
  });
});

describe.skipIf(!mayMount)("osteon serve on a full disk", () => {
  it("gives no patient that it cannot enter, tells that it lives, and goes on once there is room", async () => {
    const disk = smallDisk("16m");
    const registry = join(disk, "registry");
    cpSync(join(folder, "registry"), registry, { recursive: true });
    const opened = ["--registry", registry, "--key", join(folder, "key.txt")];
    const service = startOsteon(["serve", ...opened, "--port", "0", "--log", join(disk, "service.log")]);
    started.push(service);
    const [, address] = await service.waitFor(/, at (http:\/\/\S+) \(token/);
    const token = readFileSync(join(registry, "keys", "api-token"), "utf8").trim();
    const generate = () =>
      fetch(`${address}/generate`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: "{}",
      });
    expect((await generate()).status).toBe(200);

    fillDisk(disk);
    // The few bytes that are left may take an entry or two.
    await expect.poll(async () => (await generate()).status, { timeout: 20_000 }).toBe(503);
    expect(problemSchema.parse(await (await generate()).json())).toMatchObject({ code: "audit.unwritable" });
    expect((await fetch(`${address}/health`)).status).toBe(200);

    rmSync(join(disk, "filler"));
    await expect.poll(async () => (await generate()).status, { timeout: 60_000 }).toBe(200);
    service.child.kill("SIGTERM");
    expect((await service.ended).code).toBe(0);
    const verified = await printedBy(["audit", "verify", "--audit", join(disk, "audit"), "--json"]);
    expect(JSON.parse(verified)).toMatchObject({ findings: [] });
    const lines = readFileSync(join(disk, "service.log"), "utf8").trimEnd().split("\n");
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});
