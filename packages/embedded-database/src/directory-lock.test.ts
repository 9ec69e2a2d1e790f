import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockDirectory, releaseOwnLock } from "./directory-lock.ts";
import { isRunning, startOfProcess } from "@osteon/process-identity";

let directory: string;
let lockFile: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "osteon-lock-"));
  lockFile = join(directory, "osteon.lock");
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const ended = (): number => spawnSync(process.execPath, ["--version"]).pid;
const leaveLock = (owner: object): Promise<void> =>
  writeFile(lockFile, JSON.stringify({ host: hostname(), processStart: null, since: "2026-01-01", ...owner }));
const ownerNow = async (): Promise<unknown> => JSON.parse(await readFile(lockFile, "utf8"));

describe("a directory lock", () => {
  it("is held by one, names its holder to others, and is free after release", async () => {
    const lock = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toMatchObject({
      code: "storage.locked",
      parameters: { directory, pid: process.pid, host: hostname(), lockFile },
    });
    await lock.release();
    expect(await readdir(directory)).toEqual([]);
    await lock.release();
    await (await lockDirectory(directory)).release();
  });

  it("of a dead process is taken over", async () => {
    const pid = ended();
    expect(isRunning(pid)).toBe(false);
    await leaveLock({ pid });
    const lock = await lockDirectory(directory);
    expect(await ownerNow()).toMatchObject({ pid: process.pid });
    await lock.release();
    expect(await readdir(directory)).toEqual([]);
  });

  it.skipIf(process.platform !== "linux")("whose pid belongs to another process by now is taken over", async () => {
    await leaveLock({ pid: process.pid, processStart: "an-earlier-boot:1" });
    await (await lockDirectory(directory)).release();
    expect(await startOfProcess(process.pid)).toMatch(/^[0-9a-f-]{36}:\d+$/);
    expect(await startOfProcess(ended())).toBeNull();
  });

  it("of a living process, or of another host, is respected", async () => {
    await leaveLock({ pid: process.ppid, processStart: await startOfProcess(process.ppid) });
    await expect(lockDirectory(directory)).rejects.toThrow(`process ${process.ppid} on ${hostname()}`);
    await leaveLock({ pid: ended(), host: "another-host.example" });
    await expect(lockDirectory(directory)).rejects.toThrow(/on another-host\.example .* delete .*osteon\.lock/s);
    expect(await readdir(directory)).toEqual(["osteon.lock"]);
  });

  it("of a thread that is no more is released by its process, after what is to be done before; nobody else's is", async () => {
    await lockDirectory(directory);
    let heldMeanwhile: unknown;
    await releaseOwnLock(directory, async () => void (heldMeanwhile = await ownerNow()));
    expect(heldMeanwhile).toMatchObject({ pid: process.pid });
    expect(await readdir(directory)).toEqual([]);
    const others = [
      { pid: process.ppid, processStart: await startOfProcess(process.ppid) },
      { pid: process.pid, host: "another-host.example" },
      { pid: process.pid, processStart: "an-earlier-boot:1" },
    ];
    for (const owner of process.platform === "linux" ? others : others.slice(0, 2)) {
      await leaveLock(owner);
      await releaseOwnLock(directory, () => Promise.reject(new Error("not ours")));
      expect(await readdir(directory)).toEqual(["osteon.lock"]);
    }
  });

  it("that is no lock is replaced", async () => {
    for (const rest of ["", "{", "null", '{"pid":-1,"host":"x"}', '{"pid":0,"host":"x"}']) {
      await writeFile(lockFile, rest);
      await (await lockDirectory(directory)).release();
    }
  });

  it("goes to exactly one of many who find a dead one", async () => {
    await leaveLock({ pid: ended() });
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => lockDirectory(directory)));
    const held = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(held).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "storage.locked" });
    }
    await held[0]!.value.release();
    expect(await readdir(directory)).toEqual([]);
  });

  it("survives a process that died while taking over", async () => {
    await leaveLock({ pid: ended() });
    const guard = `${lockFile}.takeover`;
    await mkdir(guard);
    await utimes(guard, new Date(0), new Date(0));
    await (await lockDirectory(directory)).release();
    expect(await readdir(directory)).toEqual([]);
  });

  it("is left alone by a holder that lost it", async () => {
    const lock = await lockDirectory(directory);
    await leaveLock({ pid: process.ppid, token: "other" });
    await lock.release();
    expect(await ownerNow()).toMatchObject({ token: "other" });
  });
});
