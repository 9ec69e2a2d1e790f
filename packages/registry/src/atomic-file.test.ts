import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileAtomically, writeFileAtomically } from "./atomic-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-atomic-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const bytes = (text: string) => new TextEncoder().encode(text);

describe("an atomic write", () => {
  it("makes folders, replaces a file, sets its mode and leaves nothing beside it", async () => {
    const path = join(folder, "a", "b.bin");
    await writeFileAtomically(path, bytes("one"));
    await writeFileAtomically(path, bytes("two"), 0o644);
    expect(await readFile(path, "utf8")).toBe("two");
    expect((await stat(path)).mode & 0o777).toBe(0o644);
    expect(await readdir(join(folder, "a"))).toEqual(["b.bin"]);
  });

  it("keeps the old file and leaves no rest when it fails", async () => {
    const taken = join(folder, "taken");
    await writeFile(taken, "old");
    await expect(createFileAtomically(taken, bytes("new"))).rejects.toMatchObject({ code: "EEXIST" });
    expect(await readFile(taken, "utf8")).toBe("old");
    await expect(writeFileAtomically(join(taken, "below"), bytes("x"))).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["taken"]);
  });

  it("lets exactly one of many creators win", async () => {
    const path = join(folder, "key");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => createFileAtomically(path, bytes(`${index}`))),
    );
    const winners = outcomes.flatMap(({ status }, index) => (status === "fulfilled" ? [`${index}`] : []));
    expect(winners).toEqual([await readFile(path, "utf8")]);
  });
});
