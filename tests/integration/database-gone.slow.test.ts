import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { packageOfRun, runPipeline } from "@osteon/pipeline";
import { createIdentityFile, readPackage, writePackage } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  skipsRealServer,
  startRealServer,
  type RealServer,
} from "../../packages/connectors/src/database/testing/real-server.ts";
import { runOsteon, startOsteon } from "./support/osteon-process.ts";
import { smallConfiguration } from "./support/small-run.ts";

const goneMs = 30_000;

/** A registry whose moves are in PostgreSQL, with two models of which the first is on air. */
describe.skipIf(skipsRealServer())("a registry's database that is gone for half a minute", { timeout: 300_000 }, () => {
  let folder: string;
  let server: RealServer;
  let versions: readonly [string, string];
  const at = (...parts: string[]) => join(folder, ...parts);
  const config = () => ["--config", at("osteon.yaml")];
  const environment = () => {
    const { host, port, database, user, password } = server.address;
    return { REGISTRY_DATABASE_URL: `postgresql://${user}:${password}@${host}:${port}/${database}` };
  };
  const osteon = (...words: string[]) => runOsteon([...words, ...config()], { environment: environment() });
  const promote = (version: string) => osteon("models", "promote", version, "--override", "--reason", "drill");

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "osteon-gone-"));
    server = await startRealServer();
    const { recipient } = await createIdentityFile(at("key.txt"));
    writeFileSync(
      at("osteon.yaml"),
      "encryption: { key_path: key.txt }\nregistry: { directory: registry, metadata: postgres }\n",
    );
    const configuration = smallConfiguration({ encryption: { key_path: at("key.txt") } });
    await runPipeline({ configuration, directory: at("run"), osteonVersion: "0.1.0" });
    const { manifest, ...content } = await readPackage(packageOfRun(at("run")), at("key.txt"));
    const { family, createdAt, osteonVersion, seed, options, training, scores } = manifest;
    const draft = { family, createdAt, osteonVersion, seed: seed + 1, options, training, scores };
    const other = await writePackage(at("two.osteon"), { manifest: draft, ...content }, [recipient]);
    versions = [manifest.modelVersion, other.manifest.modelVersion];
    for (const path of [packageOfRun(at("run")), at("two.osteon")]) {
      expect(await osteon("models", "add", "--model", path)).toMatchObject({ code: 0 });
    }
    expect(await promote(versions[0])).toMatchObject({ code: 0 });
  }, 300_000);
  afterAll(() => {
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("keeps no request from being answered and lets nothing be half promoted, and afterwards all is well", async () => {
    const log = at("service.log");
    const service = startOsteon(["serve", ...config(), "--port", "0", "--log", log], { environment: environment() });
    const address = (await service.waitFor(/, at (http:\/\/\S+) \(token/))[1]!;
    const token = readFileSync(at("registry", "keys", "api-token"), "utf8").trim();
    const answered = { while: 0, all: 0 };
    const statuses = new Set<number>();
    let isGone = false;
    let running = true;
    const load = (async () => {
      while (running) {
        const wasGone = isGone;
        const answer = await fetch(`${address}/generate`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify({ count: 2 }),
        });
        await answer.arrayBuffer();
        statuses.add(answer.status);
        answered.all++;
        if (wasGone && isGone) answered.while++;
        await delay(20);
      }
    })();
    const onAir = async () =>
      ((await (await fetch(`${address}/health`)).json()) as { model_version: string }).model_version;
    await expect.poll(() => answered.all, { timeout: 20_000 }).toBeGreaterThan(3);

    server.halt();
    isGone = true;
    const [refused] = await Promise.all([promote(versions[1]), delay(goneMs)]);
    expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining("storage.unreachable") as string });
    expect(refused.stderr).not.toContain(server.address.password);
    expect(await onAir()).toBe(versions[0]);
    expect(answered.while).toBeGreaterThan(50);
    isGone = false;
    await server.resume();

    expect(await promote(versions[1])).toMatchObject({ code: 0 });
    await expect.poll(onAir, { timeout: 30_000 }).toBe(versions[1]);
    const { stdout } = await osteon("models", "show", "--json");
    expect((JSON.parse(stdout) as { moves: { version: string }[] }).moves.map(({ version }) => version)).toEqual(
      versions,
    );
    running = false;
    await load;
    expect([...statuses]).toEqual([200]);
    const told = readFileSync(log, "utf8").split("\n");
    expect(told.filter((line) => line.includes('"storage.unreachable"')).length).toBeGreaterThan(0);
    // Once for each cause, not once a second.
    expect(told.filter((line) => line.includes('"model.refused"')).length).toBeLessThan(5);
    service.child.kill("SIGTERM");
    expect((await service.ended).code).toBe(0);
  });
});
