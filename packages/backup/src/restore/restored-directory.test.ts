import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { restoreDirectory, writeRestoredFile } from "./restored-directory.ts";

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-restored-"));
  target = join(folder, "data");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = new Date("2026-01-02T03:04:05.678Z");
const fill = (fresh: string) => writeRestoredFile(fresh, "keys/secret.txt", [Buffer.from("new")]);
const restore = (force = false, filling = fill) => restoreDirectory(target, force, now, filling);
const contentOf = (directory: string) => readFileSync(join(directory, "keys/secret.txt"), "utf8");
function putData(directory: string): void {
  mkdirSync(join(directory, "keys"), { recursive: true });
  writeFileSync(join(directory, "keys/secret.txt"), "old");
}

describe("restoring into a directory", () => {
  it("makes it, or takes the place of an empty one, readable by its owner alone", async () => {
    expect(await restore()).toEqual({ movedAside: undefined });
    expect(contentOf(target)).toBe("new");
    expect(
      [target, join(target, "keys"), join(target, "keys/secret.txt")].map((path) => statSync(path).mode & 0o777),
    ).toEqual([0o700, 0o700, 0o600]);
    rmSync(target, { recursive: true });
    mkdirSync(target);
    await restore();
    expect(readdirSync(folder)).toEqual(["data"]);
  });

  it("never takes the place of data, unless it is told to, and then moves them aside", async () => {
    putData(target);
    await expect(restore()).rejects.toMatchObject({ code: "backup.target" });
    expect(contentOf(target)).toBe("old");
    const { movedAside } = await restore(true);
    expect(movedAside).toBe(`${target}.before-restore-20260102T030405Z`);
    expect([contentOf(target), contentOf(movedAside!)]).toEqual(["new", "old"]);
    expect((await restore(true)).movedAside).toBe(`${target}.before-restore-20260102T030405Z-2`);
  });

  it("leaves everything as it was where filling fails, and where data came meanwhile", async () => {
    putData(target);
    const failing = async (fresh: string) => {
      await fill(fresh);
      throw new Error("digest");
    };
    await expect(restore(true, failing)).rejects.toThrow("digest");
    expect([readdirSync(folder), contentOf(target)]).toEqual([["data"], "old"]);
    rmSync(target, { recursive: true });
    const meanwhile = async (fresh: string) => {
      await fill(fresh);
      putData(target);
    };
    await expect(restore(false, meanwhile)).rejects.toMatchObject({ code: "backup.target" });
    expect([readdirSync(folder), contentOf(target)]).toEqual([["data"], "old"]);
  });

  it("takes one restoration at a time", async () => {
    const nested = async () => {
      await expect(restore()).rejects.toMatchObject({ code: "backup.in-progress" });
    };
    await restore(false, nested);
    expect(readdirSync(folder)).toEqual(["data"]);
  });

  it("puts back what a restoration that was killed between its renames had moved aside", async () => {
    putData(`${target}.before-restore-20260101T000000Z`);
    putData(join(folder, ".data.restoring"));
    await expect(restore()).rejects.toMatchObject({ code: "backup.target" });
    expect(contentOf(target)).toBe("old");
    await restore(true);
    expect(contentOf(target)).toBe("new");
  });
});
