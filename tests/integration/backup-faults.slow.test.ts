import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArchive } from "@osteon/backup";
import { packageOfRun, runPipeline } from "@osteon/pipeline";
import {
  createDirectoryMoveLog,
  createDirectoryPackageStore,
  createIdentityFile,
  ModelRegistry,
  readIdentity,
  readVerificationKey,
} from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printedBy } from "./support/in-process.ts";
import { runOsteonUntil, stepsOf } from "./support/kill-at-step.ts";
import { runOsteon } from "./support/osteon-process.ts";
import { smallConfiguration } from "./support/small-run.ts";
import { isExhaustive } from "../support/exhaustive.ts";
import { fillDisk, mayMount, smallDisk } from "./support/small-disk.ts";

/*
 * Whatever a command was doing when it was killed or its disk was full: no model is half on air, no half backup is
 * taken for a whole one, and what was there before a restoration is there after it.
 */

const killings = isExhaustive ? 24 : 10;

/** A folder with a registry that has one model on air, its key, and a key for backups. */
let folder: string;
let version: string;
let recipient: string;
const at = (...parts: string[]) => join(folder, ...parts);
const place = () => ["--registry", at("registry"), "--key", at("key.txt")];
const override = ["--override", "--reason", "drill"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-faults-"));
  await createIdentityFile(at("key.txt"));
  ({ recipient } = await createIdentityFile(at("backup-key.txt")));
  const configuration = smallConfiguration({ encryption: { key_path: at("key.txt") } });
  await runPipeline({ configuration, directory: at("run"), osteonVersion: "0.1.0" });
  await printedBy(["models", "add", "-m", packageOfRun(at("run")), ...place()]);
  const [listed] = JSON.parse(await printedBy(["models", "list", "--json", "--registry", at("registry")])) as [
    { version: string },
  ];
  version = listed.version;
  await printedBy(["models", "promote", version, ...override, ...place()]);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function openRegistry(directory = at("registry")): Promise<ModelRegistry> {
  return new ModelRegistry({
    packages: createDirectoryPackageStore(join(directory, "packages")),
    moves: createDirectoryMoveLog(join(directory, "production")),
    trusted: [await readVerificationKey(join(directory, "keys", "signing.pem.pub"))],
  });
}

/** Steps at random, the same at each run of the test, spread over all there are. */
function stepsAtRandom(count: number, steps: number): readonly number[] {
  let state = 20_260_101;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, (_, index) => 1 + Math.floor(((index + random()) / count) * steps));
}

describe("kill -9", { timeout: 900_000 }, () => {
  it("in a promotion leaves the move made whole or not at all, and the next one works", async () => {
    const words = ["models", "promote", version, ...override, ...place()];
    const ending = await runOsteonUntil(0, folder, words);
    expect([ending.code, ending.stderr]).toEqual([0, expect.any(String)]);
    let moves = (await (await openRegistry()).history()).length;
    const made: boolean[] = [];
    for (const step of stepsAtRandom(killings, stepsOf(ending))) {
      const { signal } = await runOsteonUntil(step, folder, words);
      expect([step, signal]).toEqual([step, "SIGKILL"]);
      const history = await (await openRegistry()).history();
      expect([step, history.length - moves]).toEqual([step, expect.toSatisfy((by: number) => by === 0 || by === 1)]);
      made.push(history.length > moves);
      moves = history.length;
    }
    // Some of them came after the one step that counts, most before it.
    expect([made.includes(true), made.includes(false)]).toEqual([true, true]);
    expect((await runOsteon(words)).code).toBe(0);
    expect(await (await openRegistry()).history()).toHaveLength(moves + 1);
  });

  it("in a backup leaves earlier ones whole, and none that is not", async () => {
    const words = ["backup", ...place(), "--recipient", recipient, "--out", at("backups"), "--keep", "3"];
    const cwd = at("nowhere");
    mkdirSync(cwd);
    const ending = await runOsteonUntil(0, folder, words, { cwd });
    expect([ending.code, ending.stderr]).toEqual([0, expect.any(String)]);
    const identity = await readIdentity(at("backup-key.txt"));
    for (const step of stepsAtRandom(killings, stepsOf(ending))) {
      const { signal } = await runOsteonUntil(step, folder, words, { cwd });
      expect([step, signal]).toEqual([step, "SIGKILL"]);
      const backups = readdirSync(at("backups")).filter((name) => name.endsWith(".age"));
      expect(backups.length).toBeGreaterThan(0);
      for (const name of backups) {
        const manifest = await readArchive(at("backups", name), identity, async (_, chunks) => {
          for await (const chunk of chunks) void chunk;
        });
        expect(manifest.onAir).toBe(version);
      }
      const { file } = JSON.parse(readFileSync(at("backups", "last-backup.json"), "utf8")) as { file: string };
      expect([step, existsSync(at("backups", file))]).toEqual([step, true]);
    }
    expect((await runOsteon(words, { cwd })).code).toBe(0);
    // Beside a few bytes of locks that were never taken.
    const left = readdirSync(at("backups")).filter((name) => !/\.age$|^osteon\.lock\.[0-9a-f]{16}$/.test(name));
    expect(left).toEqual(["last-backup.json"]);
  });

  it("in a restoration leaves the old data or the new ones, whole, and the next one works", async () => {
    const words = ["backup", ...place(), "--recipient", recipient, "--out", at("source")];
    const cwd = at("nowhere-else");
    mkdirSync(cwd);
    expect((await runOsteon(words, { cwd })).code).toBe(0);
    const file = at(
      "source",
      readdirSync(at("source")).find((name) => name.endsWith(".age"))!,
    );
    const target = at("data");
    const restore = ["restore", file, "--to", target, "--backup-key", at("backup-key.txt"), "--force"];
    const putOld = (): void => {
      for (const name of readdirSync(folder)) {
        if (/^\.?data(?:$|\.)/.test(name)) rmSync(at(name), { recursive: true });
      }
      mkdirSync(join(target, "old"), { recursive: true });
      writeFileSync(join(target, "old", "patients"), "the old data");
    };
    putOld();
    const old = digestOf(target);
    const ending = await runOsteonUntil(0, folder, restore, { cwd });
    expect([ending.code, ending.stderr]).toEqual([0, expect.any(String)]);
    const fresh = digestOf(target);
    const found = new Set<string>();
    for (const step of stepsAtRandom(killings, stepsOf(ending))) {
      putOld();
      const { signal } = await runOsteonUntil(step, folder, restore, { cwd });
      expect([step, signal]).toEqual([step, "SIGKILL"]);
      const aside = readdirSync(folder).filter((name) => name.startsWith("data.before-restore-"));
      // Between the two renames neither has the name; the old data are beside it, whole.
      const state = existsSync(target) ? digestOf(target) : digestOf(at(aside[0]!));
      expect([step, [old, fresh].includes(state)]).toEqual([step, true]);
      if (state === fresh) expect(digestOf(at(aside[0]!))).toBe(old);
      found.add(state);
      if (!existsSync(target)) {
        const refused = await runOsteon(restore.slice(0, -1), { cwd });
        expect([refused.code, digestOf(target)]).toEqual([2, old]);
      }
    }
    expect(found.has(old)).toBe(true);
    putOld();
    expect((await runOsteon(restore, { cwd })).code).toBe(0);
    expect(digestOf(target)).toBe(fresh);
    expect(readdirSync(folder).filter((name) => name.startsWith(".data"))).toEqual([]);
  });
});

describe.skipIf(!mayMount)("a full disk", { timeout: 300_000 }, () => {
  it("in a promotion moves nothing, and the next one works once there is room", async () => {
    const disk = smallDisk("16m");
    const registry = join(disk, "registry");
    cpSync(at("registry"), registry, { recursive: true });
    const before = await (await openRegistry(registry)).history();
    const names = readdirSync(join(registry, "production"));
    fillDisk(disk);
    const words = ["models", "promote", version, ...override, "--registry", registry, "--key", at("key.txt")];
    expect(await runOsteon(words)).toMatchObject({ code: 5, stderr: expect.stringContaining("no room") as string });
    expect(await (await openRegistry(registry)).history()).toEqual(before);
    expect(readdirSync(join(registry, "production"))).toEqual(names);
    rmSync(join(disk, "filler"));
    expect((await runOsteon(words)).code).toBe(0);
    expect(await (await openRegistry(registry)).history()).toHaveLength(before.length + 1);
  });

  it("in a backup leaves the earlier ones and no half one", async () => {
    const disk = smallDisk("16m");
    const backups = join(disk, "backups");
    const words = ["backup", ...place(), "--recipient", recipient, "--out", backups];
    const cwd = mkdtempSync(join(folder, "cwd-"));
    expect((await runOsteon(words, { cwd })).code).toBe(0);
    const before = readdirSync(backups).sort();
    // Room for half of another.
    const bytes = statSync(
      join(
        backups,
        before.find((name) => name.endsWith(".age"))!,
      ),
    ).size;
    system("mount", "-o", `remount,size=${Math.ceil((1.5 * bytes) / 1024)}k`, disk);
    expect(await runOsteon(words, { cwd })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("no room") as string,
    });
    expect(readdirSync(backups).sort()).toEqual(before);
    system("mount", "-o", "remount,size=16m", disk);
    expect((await runOsteon(words, { cwd })).code).toBe(0);
  });

  it("in a restoration leaves the data that were there, and nothing beside them", async () => {
    const cwd = mkdtempSync(join(folder, "cwd-"));
    const out = at("for-full-disk");
    const backup = ["backup", ...place(), "--recipient", recipient, "--out", out];
    expect((await runOsteon(backup, { cwd })).code).toBe(0);
    const file = join(
      out,
      readdirSync(out).find((name) => name.endsWith(".age"))!,
    );
    const disk = smallDisk("100k");
    const target = join(disk, "data");
    mkdirSync(target);
    writeFileSync(join(target, "old"), "the old data");
    const words = ["restore", file, "--to", target, "--backup-key", at("backup-key.txt"), "--force"];
    expect(await runOsteon(words, { cwd })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("no room") as string,
    });
    expect(readdirSync(disk)).toEqual(["data"]);
    expect(readFileSync(join(target, "old"), "utf8")).toBe("the old data");
    system("mount", "-o", "remount,size=16m", disk);
    expect((await runOsteon(words, { cwd })).code).toBe(0);
    expect(existsSync(join(target, "registry"))).toBe(true);
  });
});

function system(program: string, ...words: readonly string[]): void {
  const { status, stderr } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr}`);
}

/** Of every file of a directory with its path; but for the audit trail, which a restoration is entered in afterwards. */
function digestOf(directory: string): string {
  const hash = createHash("sha256");
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .filter((path) => !path.startsWith(join(directory, "audit")))
    .sort()) {
    hash.update(entry.slice(directory.length)).update(readFileSync(entry));
  }
  return hash.digest("hex");
}
