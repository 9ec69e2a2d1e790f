import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdentityFile, readIdentity } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { servingFlags } from "../../bin/serving-flags.js";
import { failureOf, printedBy } from "./support/in-process.ts";
import { startOsteon } from "./support/osteon-process.ts";
import { writeTwoModels } from "./support/two-models.ts";

/** A folder with a key, `key.txt`, and the packages of two models sealed for it, `one.osteon` and `two.osteon`. */
let folder: string;
let registry: string;
let versions: readonly [string, string];
const key = () => ["--key", join(folder, "key.txt")];
const place = () => ["--registry", registry];
const models = async (...words: string[]): Promise<unknown> =>
  JSON.parse(await printedBy(["models", ...words, ...place(), "--json"]));
const override = ["--override", "--reason", "the registry's own test"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-registry-"));
  registry = join(folder, "registry");
  versions = await writeTwoModels(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("osteon models", () => {
  it("refuses what the gate did not pass, and puts on air what is overridden with a reason", async () => {
    const refusal = await failureOf(["models", "promote", versions[0], ...key(), ...place()]);
    expect(refusal).toMatchObject({ code: 3, message: expect.stringContaining("no shadow models") as string });
    expect(await failureOf(["models", "promote", versions[0], ...key(), ...place(), "--override"])).toMatchObject({
      code: 2,
      message: expect.stringContaining("--reason") as string,
    });
    for (const version of versions) await models("promote", version, ...key(), ...override);
    expect(await models("list")).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ version: versions[0], onAir: false }),
        expect.objectContaining({ version: versions[1], onAir: true }),
      ]) as object,
    );
    expect(await models("rollback", ...key())).toMatchObject({ version: versions[0], from: versions[1], sequence: 3 });
    expect(await models("show")).toMatchObject({ facts: { modelVersion: versions[0] }, moves: { length: 3 } });
  });

  it("proves a model before it moves anything: with a key that does not open it, nothing moves", async () => {
    const other = join(folder, "other-key.txt");
    await createIdentityFile(other);
    const words = ["models", "promote", versions[1], "--key", other, ...override, ...place()];
    expect(await failureOf(words)).toMatchObject({ code: 4 });
    expect(await models("show")).toMatchObject({ facts: { modelVersion: versions[0] } });
  });

  it("seals for other custodians, so that the key from before opens nothing any more", async () => {
    const successor = await createIdentityFile(join(folder, "successor.txt"));
    const both = [
      "--recipient",
      successor.recipient,
      "--recipient",
      (await readIdentity(join(folder, "key.txt"))).recipient,
    ];
    await models("rekey", ...key(), "--recipient", successor.recipient);
    expect((await failureOf(["models", "verify", ...key(), ...place()])).code).toBe(4);
    const successorKey = ["--key", join(folder, "successor.txt")];
    expect(await models("verify", ...successorKey)).toMatchObject({ versions: [{ problem: null }, { problem: null }] });
    await models("rekey", ...successorKey, ...both);
    expect(await models("verify", ...key())).toMatchObject({ versions: [{ problem: null }, { problem: null }] });
  });

  it("names what was altered and fails for security", async () => {
    const packages = join(registry, "packages");
    const path = join(packages, `${versions[1]}.osteon-bundle`);
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    changed[changed.length - 100]! ^= 1;
    writeFileSync(path, changed);
    expect(await failureOf(["models", "verify", ...place()])).toMatchObject({
      code: 4,
      message: expect.stringContaining(versions[1]) as string,
    });
    writeFileSync(path, bytes);
    await models("verify");
  });

  it("says what is missing where there is no registry", async () => {
    const nowhere = join(folder, "nowhere");
    expect(await failureOf(["models", "list", "--registry", nowhere])).toMatchObject({
      code: 2,
      message: expect.stringContaining("osteon models add") as string,
    });
    expect(await failureOf(["serve", "--registry", nowhere, ...key()])).toMatchObject({ code: 2 });
    expect(await failureOf(["models", "promote", "f".repeat(16), ...key(), ...place()])).toMatchObject({ code: 2 });
  });
});

describe("osteon serve without --model", () => {
  it("follows what is on air without losing a request, and keeps it when the next does not load", async () => {
    const log = join(folder, "service.log");
    const unlimited = "requests_per_minute: 0, patients_per_day: 0";
    writeFileSync(join(folder, "serve.yaml"), `service: { limits: { ${unlimited} } }\n`);
    const config = ["--config", join(folder, "serve.yaml")];
    const service = startOsteon(["serve", ...place(), ...key(), ...config, "--port", "0", "--log", log]);
    const address = (await service.waitFor(/, at (http:\/\/\S+) \(token/))[1]!;
    const token = readFileSync(join(registry, "keys", "api-token"), "utf8").trim();
    if (process.platform === "linux") {
      const command = readFileSync(`/proc/${service.child.pid!}/cmdline`, "utf8").split("\0");
      expect(command).toEqual(expect.arrayContaining([...servingFlags]));
    }
    const statuses = new Set<number>();
    let running = true;
    const ask = async (): Promise<void> => {
      while (running) {
        const answer = await fetch(`${address}/generate`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify({ count: 3 }),
        });
        statuses.add(answer.status);
        await answer.arrayBuffer();
      }
    };
    const load = [ask(), ask()];
    const versionOnAir = async () =>
      ((await (await fetch(`${address}/health`)).json()) as { model_version: string }).model_version;
    expect(await versionOnAir()).toBe(versions[0]);
    await models("promote", versions[1], ...key(), ...override);
    await expect.poll(versionOnAir, { timeout: 20_000 }).toBe(versions[1]);
    const described = await fetch(`${address}/models/current`, { headers: { authorization: `Bearer ${token}` } });
    expect(await described.json()).toMatchObject({ model_version: versions[1], family: "factor-copula" });

    // A history cut short is an older one put in the place of this one: it is refused, and what is served stays.
    const moves = join(registry, "production");
    const last = readdirSync(moves).sort().at(-1)!;
    renameSync(join(moves, last), join(folder, last));
    await expect.poll(() => readFileSync(log, "utf8"), { timeout: 20_000 }).toContain('"registry.history"');
    expect(await versionOnAir()).toBe(versions[1]);
    renameSync(join(folder, last), join(moves, last));

    running = false;
    await Promise.all(load);
    expect([...statuses]).toEqual([200]);
    service.child.kill("SIGTERM");
    expect((await service.ended).code).toBe(0);
    expect(readFileSync(log, "utf8")).toContain('"model.loaded"');
  });

  it("goes on with its model where the folder that it was started in is gone, and ends in order", async () => {
    const gone = join(folder, "gone");
    cpSync(registry, join(gone, "registry"), { recursive: true });
    const service = startOsteon(["serve", "--registry", "registry", ...key(), "--port", "0"], { cwd: gone });
    const address = (await service.waitFor(/, at (http:\/\/\S+) \(token/))[1]!;
    rmSync(gone, { recursive: true });
    await service.waitFor(/"model\.refused".*"registry\.history"/);
    expect(await (await fetch(`${address}/health`)).json()).toMatchObject({ model_version: versions[1] });
    service.child.kill("SIGTERM");
    expect((await service.ended).code).toBe(0);
  });
});
