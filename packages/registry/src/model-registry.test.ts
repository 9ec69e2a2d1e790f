import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ModelRegistry, type MoveRequest } from "./model-registry.ts";
import { createDirectoryMoveLog } from "./production/directory-move-log.ts";
import { createSigningKey } from "./signature/signing-key.ts";
import { createDirectoryPackageStore } from "./store/directory-package-store.ts";
import { factsOf, signedPackage } from "./testing/signed-package.ts";

const key = createSigningKey();
const request: MoveRequest = { key, by: "tester", reason: "", prove: () => Promise.resolve() };
const promotion = { ...request, override: false };
let folder: string;
let registry: ModelRegistry;

const packagesOf = () => join(folder, "packages");
const movesOf = () => join(folder, "production");
const open = (trusted = [key.publicKey]) =>
  new ModelRegistry({
    packages: createDirectoryPackageStore(packagesOf()),
    moves: createDirectoryMoveLog(movesOf()),
    trusted,
  });
const add = async (name: string, change = {}) => {
  const { facts } = await registry.add(signedPackage(name, key, change), name);
  return facts.modelVersion;
};
const bundleOf = (version: string) => join(packagesOf(), `${version}.osteon-bundle`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-registry-"));
  registry = open();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the registry", () => {
  it("keeps a version as it was put in first", async () => {
    const stored = signedPackage("one", key);
    expect((await registry.add(stored, "one")).isNew).toBe(true);
    const bytes = readFileSync(bundleOf(factsOf("one").modelVersion));
    expect((await registry.add(stored, "one")).isNew).toBe(false);
    expect(readFileSync(bundleOf(factsOf("one").modelVersion))).toEqual(bytes);
    expect((await registry.fetch(factsOf("one").modelVersion)).sealed).toEqual(stored.sealed);
  });

  it("is empty where its folders are not there, and makes none to read them", async () => {
    expect([await registry.list(), await registry.history()]).toEqual([[], []]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("lists the newest first, and says which is on air and what does not hold", async () => {
    const old = await add("old", { createdAt: "2026-01-01T00:00:00.000Z" });
    const young = await add("young", { createdAt: "2026-02-01T00:00:00.000Z" });
    await registry.promote(old, promotion);
    expect((await registry.list()).map(({ version, onAir }) => [version, onAir])).toEqual([
      [young, false],
      [old, true],
    ]);
    const bytes = readFileSync(bundleOf(young));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(bundleOf(young), bytes);
    const listed = await registry.list();
    expect(listed.map(({ version, problem }) => [version, problem === null])).toEqual([
      [old, true],
      [young, false],
    ]);
  });

  it("removes old versions, but not what is on air or would be gone back to", async () => {
    const versions: string[] = [];
    for (let i = 1; i <= 5; i++) versions.push(await add(`v${i}`, { createdAt: `2026-01-0${i}T00:00:00.000Z` }));
    await registry.promote(versions[0]!, promotion);
    await registry.promote(versions[1]!, promotion);
    expect([...(await registry.prune(1))].sort()).toEqual([versions[2]!, versions[3]!].sort());
    expect((await registry.list()).map(({ version }) => version).sort()).toEqual(
      [versions[0]!, versions[1]!, versions[4]!].sort(),
    );
    expect((await registry.rollback(undefined, request)).version).toBe(versions[0]);
  });

  it("takes another seal of the same content, and no other content", async () => {
    const version = await add("one");
    const sealed = new Uint8Array([1, 2, 3]);
    const { signPackage } = await import("./signature/package-statement.ts");
    await registry.reseal(version, { sealed, envelope: signPackage(sealed, factsOf("one"), key) });
    expect((await registry.fetch(version)).sealed).toEqual(sealed);
    const other = signPackage(sealed, { ...factsOf("one"), contentDigest: factsOf("two").contentDigest }, key);
    await expect(registry.reseal(version, { sealed, envelope: other })).rejects.toThrow(/altered/);
  });
});

describe("promotion", () => {
  it("writes who, when, from, to and why", async () => {
    const [one, two] = [await add("one"), await add("two")];
    await registry.promote(one, { ...promotion, reason: "first", now: new Date("2026-03-01T00:00:00Z") });
    await registry.promote(two, { ...promotion, by: "somebody else" });
    expect(await registry.history()).toMatchObject([
      { sequence: 1, action: "promote", version: one, from: null, by: "tester", reason: "first" },
      { sequence: 2, action: "promote", version: two, from: one, by: "somebody else" },
    ]);
  });

  it("refuses what did not pass the gate, with its reasons, unless overridden with a reason", async () => {
    const reasons = ["Calibrated score 0.7.", "Attack AUC 0.8."];
    const bad = await add("bad", { gate: { passed: false, reasons } });
    await expect(registry.promote(bad, promotion)).rejects.toThrow(/Calibrated score 0\.7\. Attack AUC 0\.8\./);
    await expect(registry.promote(bad, { ...promotion, override: true })).rejects.toThrow(/needs a reason/);
    expect(await registry.current()).toBeUndefined();
    const move = await registry.promote(bad, { ...promotion, override: true, reason: "a drill" });
    expect(move).toMatchObject({ reason: "a drill", overridden: reasons });
    const untold = await add("untold", { gate: { passed: null, reasons: ["Cannot be told."] } });
    await expect(registry.promote(untold, promotion)).rejects.toThrow(/Cannot be told/);
  });

  it("moves nothing where the model does not prove to work", async () => {
    const [one, two] = [await add("one"), await add("two")];
    await registry.promote(one, promotion);
    const prove = () => Promise.reject(new Error("does not sample"));
    await expect(registry.promote(two, { ...promotion, prove })).rejects.toThrow(/does not sample/);
    expect((await registry.current())?.version).toBe(one);
  });

  it("refuses names and reasons that the history could not be read with", async () => {
    const one = await add("one");
    for (const [field, text] of [
      ["by", ""],
      ["by", "x".repeat(201)],
      ["reason", "x".repeat(2_001)],
    ] as const) {
      await expect(registry.promote(one, { ...promotion, [field]: text })).rejects.toMatchObject({
        code: "registry.move-text",
        parameters: { field },
      });
    }
    expect(await registry.history()).toEqual([]);
  });

  it("lets one of two at the same time win, and tells the other", async () => {
    const versions = await Promise.all(["a", "b", "c", "d"].map((name) => add(name)));
    const results = await Promise.allSettled(versions.map((version) => registry.promote(version, promotion)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(String(result.reason)).toMatch(/Somebody else made move 1/);
    }
    expect(await registry.history()).toHaveLength(1);
  });
});

describe("rollback", () => {
  it("goes back one at a time, further each time, and forth only by promotion", async () => {
    const [one, two, three] = [await add("1"), await add("2"), await add("3")];
    for (const version of [one, two, three]) await registry.promote(version, promotion);
    expect((await registry.rollback(undefined, request)).version).toBe(two);
    expect((await registry.rollback(undefined, request)).version).toBe(one);
    await expect(registry.rollback(undefined, request)).rejects.toThrow(/earlier versions: none/);
    await registry.promote(three, promotion);
    expect((await registry.rollback(undefined, request)).version).toBe(one);
  });

  it("goes to a version that was on air and to no other, and proves it first", async () => {
    const [one, two, never] = [await add("1"), await add("2"), await add("never")];
    for (const version of [one, two]) await registry.promote(version, promotion);
    await expect(registry.rollback(never, request)).rejects.toThrow(new RegExp(`earlier versions: ${one}`));
    await expect(registry.rollback(two, request)).rejects.toThrow(/no such version/);
    const prove = () => Promise.reject(new Error("does not load"));
    await expect(registry.rollback(one, { ...request, prove })).rejects.toThrow(/does not load/);
    expect((await registry.current())?.version).toBe(two);
    expect((await registry.rollback(one, request)).version).toBe(one);
  });

  it("is possible to a version whose gate was overridden", async () => {
    const bad = await add("bad", { gate: { passed: false, reasons: ["low"] } });
    await registry.promote(bad, { ...promotion, override: true, reason: "why" });
    await registry.promote(await add("good"), promotion);
    expect((await registry.rollback(undefined, request)).version).toBe(bad);
  });
});

describe("tampering", () => {
  it("is refused wherever a byte of a version is flipped", async () => {
    const version = await add("one");
    const whole = readFileSync(bundleOf(version));
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x01;
      writeFileSync(bundleOf(version), changed);
      await expect(registry.fetch(version), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^registry\.(?:not-sealed|truncated|altered|signature)$/) as string,
      });
    }
    for (const length of [0, 4, 11, 40, whole.length - 1]) {
      writeFileSync(bundleOf(version), whole.subarray(0, length));
      await expect(registry.fetch(version), `${length} bytes`).rejects.toMatchObject({
        code: expect.stringMatching(/^registry\./) as string,
      });
    }
  });

  it("is refused by the name of the region that was changed", async () => {
    const version = await add("one");
    const whole = readFileSync(bundleOf(version));
    const envelopeBytes = whole.readUInt32LE(8);
    const json = whole.toString("utf8", 12, 12 + envelopeBytes);
    const within = (text: string) => 12 + json.indexOf(text) + text.length + 4;
    const regions: readonly [string, number, RegExp][] = [
      ["the magic", 0, /not a file that Osteon sealed/],
      ["the length of the signature", 11, /the length of its signature/],
      ["the shape of the signature", 12, /in its signature/],
      ["what is signed", within('"payload":'), /it or what it signs was altered/],
      ["the signature", within('"sig":'), /it or what it signs was altered/],
      ["the name of the key", within('"keyid":'), /signed by another key/],
      ["the sealed package", 12 + envelopeBytes, /its bytes: they are not those that were signed/],
      ["its last byte", whole.length - 1, /its bytes: they are not those that were signed/],
    ];
    for (const [region, at, named] of regions) {
      const changed = Buffer.from(whole);
      // Still a letter of its alphabet, so that the form holds and the check behind it has to.
      changed[at] = changed[at] === 0x41 ? 0x42 : 0x41;
      writeFileSync(bundleOf(version), changed);
      await expect(registry.fetch(version), region).rejects.toThrow(named);
    }
  });

  it("is refused where one version stands in the place of another, or another key signed", async () => {
    const [one, two] = [await add("one"), await add("two")];
    writeFileSync(bundleOf(one), readFileSync(bundleOf(two)));
    await expect(registry.fetch(one)).rejects.toThrow(/another version/);
    await expect(open([createSigningKey().publicKey]).fetch(two)).rejects.toThrow(/signed by another key/);
    const stranger = signedPackage("three", createSigningKey());
    await expect(registry.add(stranger, "three")).rejects.toThrow(/signed by another key/);
  });

  it("is named where a move is taken out, changed, swapped, or an old one replayed as the newest", async () => {
    for (const name of ["1", "2", "3"]) await registry.promote(await add(name), promotion);
    const files = readdirSync(movesOf()).sort();
    const restoreFrom = files.map((file) => [file, readFileSync(join(movesOf(), file))] as const);
    const restore = () => restoreFrom.forEach(([file, bytes]) => writeFileSync(join(movesOf(), file), bytes));
    const place = (index: number) => join(movesOf(), files[index]!);

    rmSync(place(1));
    await expect(registry.current()).rejects.toThrow(/move 2 is missing/);
    restore();
    writeFileSync(place(2), readFileSync(place(0)));
    await expect(registry.current()).rejects.toThrow(/move 3.*it is move 1/);
    restore();
    renameSync(place(0), join(movesOf(), "swap"));
    renameSync(place(1), place(0));
    renameSync(join(movesOf(), "swap"), place(1));
    await expect(registry.current()).rejects.toThrow(/it is move 2/);
    restore();
    writeFileSync(place(1), '{"half');
    await expect(registry.current()).rejects.toThrow(/not JSON/);
    restore();
    await expect(registry.current()).resolves.toMatchObject({ sequence: 3 });
  });
});
