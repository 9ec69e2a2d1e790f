import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockDirectory } from "@osteon/embedded-database";
import { osteonError } from "@osteon/errors";
import { createIdentity, type Identity } from "@osteon/registry";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fileOfBytes, type ArchiveFile } from "./archive/archive-file.ts";
import { readArchive } from "./archive/read-archive.ts";
import { readBackupStatus, writeBackup } from "./backup-directory.ts";
import { backupFormatVersion } from "./backup-manifest.ts";

let identity: Identity;
let directory: string;
beforeAll(async () => {
  identity = await createIdentity();
});
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), "osteon-backups-")), "backups");
});
afterEach(() => rmSync(join(directory, ".."), { recursive: true, force: true }));

const backUp = (
  files: () => AsyncIterable<ArchiveFile> = () => some("content"),
  change: { readonly keep?: number; readonly second?: number } = {},
) =>
  writeBackup({
    directory,
    recipients: [identity.recipient],
    keep: change.keep,
    files,
    manifestOf: (found) => ({
      format: "osteon-backup",
      formatVersion: backupFormatVersion,
      osteonVersion: "0.1.0",
      createdAt: "2026-01-01T00:00:00.000Z",
      onAir: "0123456789abcdef",
      moves: 1,
      metadata: "directory",
      packages: "directory",
      configured: {},
      files: [...found],
    }),
    now: new Date(Date.UTC(2026, 0, 1, 0, 0, change.second ?? 0)),
  });

async function* some(content: string): AsyncGenerator<ArchiveFile> {
  yield fileOfBytes("a", content);
}
const backups = () =>
  readdirSync(directory)
    .filter((name) => name.endsWith(".age"))
    .sort();

describe("a directory of backups", () => {
  it("gets each backup whole, a note of the last one, and nothing beside them", async () => {
    expect(await readBackupStatus(directory)).toBeUndefined();
    const { path, status } = await backUp();
    expect(path).toBe(join(directory, "osteon-20260101T000000Z.tar.age"));
    expect(readdirSync(directory).sort()).toEqual(["last-backup.json", "osteon-20260101T000000Z.tar.age"]);
    expect(await readBackupStatus(directory)).toEqual(status);
    expect(status).toMatchObject({ bytes: readFileSync(path).length, onAir: "0123456789abcdef" });
    await readArchive(path, identity, async (_, chunks) => {
      for await (const chunk of chunks) expect(Buffer.from(chunk).toString()).toBe("content");
    });
  });

  it("keeps as many as it is told, the newest, and no file that is not a backup goes", async () => {
    for (let second = 1; second <= 3; second++) await backUp(undefined, { second });
    const second = 3;
    await backUp(undefined, { second });
    writeFileSync(join(directory, "osteon-notes.txt"), "");
    expect(backups()).toHaveLength(4);
    const { removed } = await backUp(undefined, { keep: 2, second });
    expect([...removed].sort()).toEqual([
      "osteon-20260101T000001Z.tar.age",
      "osteon-20260101T000002Z.tar.age",
      "osteon-20260101T000003Z.tar.age",
    ]);
    expect(backups()).toEqual(["osteon-20260101T000003Z-2.tar.age", "osteon-20260101T000003Z-3.tar.age"]);
    expect(existsSync(join(directory, "osteon-notes.txt"))).toBe(true);
  });

  it("stays as it was where a backup fails, and loses what a killed one left", async () => {
    await backUp(undefined, { second: 1 });
    const before = readFileSync(join(directory, "last-backup.json"), "utf8");
    const failing = async function* (): AsyncGenerator<ArchiveFile> {
      yield fileOfBytes("a", "x");
      throw new Error("unreadable");
    };
    await expect(backUp(failing, { keep: 1, second: 2 })).rejects.toThrow("unreadable");
    expect(readdirSync(directory).sort()).toEqual(["last-backup.json", "osteon-20260101T000001Z.tar.age"]);
    expect(readFileSync(join(directory, "last-backup.json"), "utf8")).toBe(before);
    for (const name of [".osteon-20251231T000000Z.partial", ".last-backup.json.0123456789ab.partial"]) {
      writeFileSync(join(directory, name), "half");
    }
    await backUp(undefined, { second: 3 });
    expect(readdirSync(directory).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("is read again from the beginning where what it holds changed meanwhile, and not for ever", async () => {
    let times = 0;
    const changing = (until: number) =>
      async function* (): AsyncGenerator<ArchiveFile> {
        yield fileOfBytes("a", `${++times}`);
        if (times < until) throw osteonError("backup.changed-meanwhile", { what: "the test" });
      };
    await backUp(changing(3), { second: 1 });
    expect(times).toBe(3);
    await expect(backUp(changing(99), { second: 2 })).rejects.toMatchObject({ code: "backup.changed-meanwhile" });
    expect(times).toBe(6);
  });

  it("takes one backup at a time", async () => {
    await backUp();
    const lock = await lockDirectory(directory);
    await expect(backUp()).rejects.toMatchObject({ code: "backup.in-progress", parameters: { pid: process.pid } });
    await lock.release();
    await backUp();
  });
});
