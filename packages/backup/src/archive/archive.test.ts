import { execFileSync, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdentity, encryptStream, writeIdentity, type Identity } from "@osteon/registry";
import { packTar } from "modern-tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backupFormatVersion, type BackedUpFile, type BackupManifest } from "../backup-manifest.ts";
import { fileOfBytes, fileOfDisk, type ArchiveFile } from "./archive-file.ts";
import { readArchive } from "./read-archive.ts";
import { writeArchive } from "./write-archive.ts";

const manifestOf = (files: readonly BackedUpFile[]): BackupManifest => ({
  format: "osteon-backup",
  formatVersion: backupFormatVersion,
  osteonVersion: "0.1.0",
  createdAt: "2026-01-01T00:00:00.000Z",
  onAir: null,
  moves: 0,
  metadata: "directory",
  packages: "directory",
  configured: {},
  files: [...files],
});

const contents = new Map<string, Uint8Array>([
  ["empty", new Uint8Array()],
  ["registry/keys/api-token", Buffer.from("secret\n")],
  [`deep/${"long-".repeat(30)}/ünïcode name.txt`, randomBytes(513)],
  ["registry/packages/a.osteon-bundle", randomBytes(300_000)],
  ["block", randomBytes(512)],
]);

let folder: string;
let identity: Identity;
let path: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-archive-"));
  identity = await createIdentity();
  path = join(folder, "whole.tar.age");
  await writeArchive(path, [identity.recipient], given(), manifestOf);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function* given(): AsyncGenerator<ArchiveFile> {
  for (const [name, bytes] of contents) yield fileOfBytes(name, bytes);
}

async function read(file: string, key = identity): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  await readArchive(file, key, async (name, chunks) => {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    found.set(name, new Uint8Array(Buffer.concat(parts)));
  });
  return found;
}
const refusal = async (bytes: Uint8Array, key = identity): Promise<unknown> => {
  const file = join(folder, "other.tar.age");
  writeFileSync(file, bytes);
  return read(file, key).then(
    () => "read",
    (error: unknown) => error,
  );
};

describe("an archive", () => {
  it("gives back every file to the byte, whatever its length and name", async () => {
    const found = await read(path);
    expect([...found.keys()]).toEqual([...contents.keys()]);
    for (const [name, bytes] of contents) expect(Buffer.compare(found.get(name)!, bytes)).toBe(0);
  });

  it("of files larger than what may wait comes back whole, and says its own length and digest", async () => {
    const file = join(folder, "large.tar.age");
    const chunk = randomBytes(1_000_000);
    const large = {
      path: "audit/large.jsonl",
      bytes: 20 * chunk.length,
      chunks: Array.from({ length: 20 }, () => chunk),
    };
    const written = await writeArchive(
      file,
      [identity.recipient],
      (async function* () {
        yield large;
      })(),
      manifestOf,
    );
    const bytes = readFileSync(file);
    expect(written).toMatchObject({ bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    expect((await read(file)).get(large.path)?.length).toBe(large.bytes);
    rmSync(file);
  });

  it("fails where a file cannot be read to its end or the disk cannot be written", async () => {
    const file = join(folder, "failing.tar.age");
    const failing = async function* (): AsyncGenerator<ArchiveFile> {
      yield fileOfBytes("one", "1");
      throw Object.assign(new Error("gone"), { code: "EIO" });
    };
    await expect(writeArchive(file, [identity.recipient], failing(), manifestOf)).rejects.toMatchObject({
      code: "EIO",
    });
    const taken = writeArchive(path, [identity.recipient], given(), manifestOf);
    await expect(taken).rejects.toMatchObject({ code: "EEXIST" });
    const nobody = writeArchive(join(folder, "x"), [], given(), manifestOf);
    await expect(nobody).rejects.toMatchObject({ code: "registry.recipient" });
  });
});

describe("reading an archive", () => {
  it("refuses a changed byte wherever it is, by the name of its place", async () => {
    const whole = readFileSync(path);
    const header = whole.indexOf("\n--- ") + 48;
    const places: readonly [number, RegExp][] = [
      [0, /does not begin as a file of age/],
      [20, /does not begin as a file of age/],
      [30, /its header|made for other keys/],
      [header - 10, /its header/],
      [header + 100, /its bytes \d+ to \d+/],
      [header + 100_000, /its bytes \d+ to \d+/],
      [whole.length - 1, /its bytes from \d+ on, or it is cut short/],
    ];
    for (const [at, named] of places) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      const refused = await refusal(changed);
      expect(refused, `byte ${at}`).toMatchObject({
        code: expect.stringMatching(/^backup\.(?:altered|foreign|wrong-key)$/) as string,
        message: expect.stringMatching(named) as string,
      });
      const range = /its bytes (\d+) to (\d+)/.exec((refused as Error).message);
      if (range !== null)
        expect(Number(range[1]) <= at && at < Number(range[2]), `byte ${at} in ${range[0]}`).toBe(true);
    }
  });

  it("refuses one that is cut short wherever it is cut, and one with bytes after its end", async () => {
    const whole = readFileSync(path);
    for (const length of [0, 10, 100, 200, 220, 70_000, whole.length - 65_552, whole.length - 16, whole.length - 1]) {
      expect(await refusal(whole.subarray(0, length)), `${length} bytes`).toMatchObject({
        code: expect.stringMatching(/^backup\.(?:altered|foreign)$/) as string,
      });
    }
    expect(await refusal(Buffer.concat([whole, Buffer.alloc(1)]))).toMatchObject({ code: "backup.altered" });
  });

  it("refuses one made for another key, and names the key that was tried", async () => {
    const stranger = await createIdentity();
    expect(await refusal(readFileSync(path), stranger)).toMatchObject({
      code: "backup.wrong-key",
      message: expect.stringContaining(stranger.recipient) as string,
    });
  });

  const entry = (name: string, body = "x") => ({ header: { name, size: body.length, type: "file" as const }, body });
  const digest = createHash("sha256").update("x").digest("hex");
  const stated = (...paths: string[]) => paths.map((name) => ({ path: name, bytes: 1, sha256: digest }));
  const manifest = (files: readonly BackedUpFile[], change: object = {}) =>
    entry("manifest.json", JSON.stringify({ ...manifestOf(files), ...change }));
  const foreign: readonly [string, RegExp, Parameters<typeof packTar>[0]][] = [
    ["no manifest", /it has no manifest/, [entry("a")]],
    ["another program's manifest", /not one of a backup/, [manifest([], { format: "other" })]],
    ["a manifest that is no JSON", /not JSON/, [entry("manifest.json", "{")]],
    ["a path that leads out", /holds a path/, [entry("../../etc/passwd"), manifest([])]],
    ["an absolute path", /holds a path/, [entry("/etc/passwd"), manifest([])]],
    ["a drive of Windows", /holds a path/, [entry("c:x"), manifest([])]],
    [
      "a link",
      /kind of file/,
      [{ header: { name: "a", size: 0, type: "symlink", linkname: "/etc/passwd" } }, manifest([])],
    ],
    ["a file twice", /a is there twice/, [entry("a"), entry("a"), manifest(stated("a"))]],
    ["a file too many", /b is not in its manifest/, [entry("a"), entry("b"), manifest(stated("a"))]],
    ["a file too few", /b is missing/, [entry("a"), manifest(stated("a", "b"))]],
    ["a file that was exchanged", /a does not have its digest/, [entry("a", "y"), manifest(stated("a"))]],
    ["something after the manifest", /follows its manifest/, [manifest([]), entry("a")]],
    ["a newer format", /format version 2/, [manifest([], { formatVersion: 2 })]],
  ];
  it.each(foreign)("refuses %s, though it was encrypted for the right key", async (_, named, entries) => {
    const tar = await packTar(entries);
    const encrypted = await encryptStream(new Blob([tar]).stream(), [identity.recipient]);
    const bytes = new Uint8Array(
      await new Response(encrypted as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
    );
    expect(await refusal(bytes)).toMatchObject({ message: expect.stringMatching(named) as string });
  });

  it("lets the errors of the disk that is written to through", async () => {
    const full = Object.assign(new Error("full"), { code: "ENOSPC", syscall: "write" });
    await expect(readArchive(path, identity, () => Promise.reject(full))).rejects.toBe(full);
  });
});

describe("a file that is appended to", () => {
  it("is taken as long as it was, without the line that is being written", async () => {
    const log = join(folder, "audit.jsonl");
    writeFileSync(log, '{"n":1}\n{"n":2}\n{"n":');
    const taken = (await fileOfDisk("audit/audit.jsonl", log))!;
    writeFileSync(log, "3}\n", { flag: "a" });
    const parts: Uint8Array[] = [];
    for await (const chunk of taken.chunks) parts.push(chunk);
    expect([taken.bytes, Buffer.concat(parts).toString()]).toEqual([16, '{"n":1}\n{"n":2}\n']);
    expect(await fileOfDisk("audit/none", join(folder, "none"))).toBeUndefined();
    const shrinking = (await fileOfDisk("a", log))!;
    writeFileSync(log, "");
    const reading = (async () => {
      for await (const chunk of shrinking.chunks) void chunk;
    })();
    await expect(reading).rejects.toMatchObject({ code: "backup.changed-meanwhile" });
  });
});

const ageProgram = "age";
const hasPrograms = [ageProgram, "tar"].every((program) => spawnSync(program, ["--version"]).status === 0);
if (!hasPrograms) console.warn("SKIPPED: age or tar is not installed, so no independent reader opened a backup");
describe.skipIf(!hasPrograms)("the programs age and tar, independent readers", () => {
  it("open a backup and find the files in it", async () => {
    const key = join(folder, "key.txt");
    await writeIdentity(key, identity);
    const tar = execFileSync(ageProgram, ["-d", "-i", key, path], { maxBuffer: 10_000_000 });
    const names = execFileSync("tar", ["tf", "-", "--quoting-style=literal"], { input: tar, encoding: "utf8" });
    expect(names.trim().split("\n")).toEqual([...contents.keys(), "manifest.json"]);
    const bundle = "registry/packages/a.osteon-bundle";
    expect(
      execFileSync("tar", ["xOf", "-", bundle], { input: tar, maxBuffer: 10_000_000 }).equals(contents.get(bundle)!),
    ).toBe(true);
  });
});
