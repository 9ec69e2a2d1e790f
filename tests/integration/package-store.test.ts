import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createDirectoryPackageStore,
  createObjectPackageStore,
  createSigningKey,
  type PackageStore,
} from "@osteon/registry";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { factsOf, signedPackage } from "../../packages/registry/src/testing/signed-package.ts";
import {
  startObjectStorageServer,
  storageCredentials,
  type ObjectStorageServer,
} from "./support/object-storage-server.ts";

const key = createSigningKey();
const stored = (name: string) => signedPackage(name, key);
const versionOf = (name: string) => factsOf(name).modelVersion;
const prefix = "hospital a/packages/";

let folder: string;
let server: ObjectStorageServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-packages-"));
  server = await startObjectStorageServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  rmSync(join(folder, "packages"), { recursive: true, force: true });
  server.objects.clear();
  server.requests.length = 0;
  Object.assign(server.behaviour, { conditional: "known", fault: () => undefined, pageSize: 1000 });
});

const objectStore = (change: Partial<ObjectStorageServer["address"]> = {}): PackageStore =>
  createObjectPackageStore({ ...server.address, ...change }, prefix);
const stores = [
  { place: "a directory", conditional: "known", open: () => createDirectoryPackageStore(join(folder, "packages")) },
  { place: "an object storage", conditional: "known", open: objectStore },
  { place: "an object storage that knows no conditions", conditional: "unknown", open: objectStore },
  { place: "an object storage that ignores conditions", conditional: "ignored", open: objectStore },
] as const;

describe.each(stores)("packages in $place", ({ conditional, open }) => {
  beforeEach(() => void (server.behaviour.conditional = conditional));

  it("are none at first, and each there whole once it was put", async () => {
    const store = open();
    expect(await store.list()).toEqual([]);
    expect(await store.get(versionOf("one"))).toBeUndefined();
    for (const name of ["one", "two"]) expect(await store.create(versionOf(name), stored(name))).toBe(true);
    expect(await open().list()).toEqual([versionOf("one"), versionOf("two")].sort());
    expect(await open().get(versionOf("one"))).toEqual(stored("one"));
  });

  it("stay as they were put in first, change as a whole where they are replaced, and go where removed", async () => {
    const store = open();
    const version = versionOf("one");
    await store.create(version, stored("one"));
    expect(await store.create(version, { ...stored("one"), sealed: new Uint8Array([1]) })).toBe(false);
    expect(await store.get(version)).toEqual(stored("one"));
    await store.replace(version, { ...stored("one"), sealed: new Uint8Array([1]) });
    expect((await store.get(version))?.sealed).toEqual(new Uint8Array([1]));
    await store.remove(version);
    await store.remove(version);
    expect(await store.get(version)).toBeUndefined();
    expect(await store.list()).toEqual([]);
  });

  it("put by many at the same time are one of theirs, whole", async () => {
    const candidates = [1, 2, 3, 4].map((byte) => ({ ...stored("one"), sealed: new Uint8Array(5000).fill(byte) }));
    const isNew = await Promise.all(candidates.map((candidate) => open().create(versionOf("one"), candidate)));
    const kept = await open().get(versionOf("one"));
    expect(candidates).toContainEqual(kept);
    if (conditional !== "known") return;
    expect(isNew.filter(Boolean)).toHaveLength(1);
    expect(kept).toEqual(candidates[isNew.indexOf(true)]);
  });
});

describe("an object storage", () => {
  const failureOf = async (work: Promise<unknown>) => {
    const failure = await work.then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    expect(JSON.stringify([failure?.message, failure?.cause, failure?.stack])).not.toContain("KANARIE");
    return failure;
  };

  it("is listed page by page, without what others put beside the packages", async () => {
    server.behaviour.pageSize = 2;
    const names = ["a", "b", "c", "d", "e"];
    for (const name of names) await objectStore().create(versionOf(name), stored(name));
    for (const other of [`${prefix}readme.txt`, `${prefix}deeper/${"f".repeat(16)}.osteon-bundle`, "elsewhere"]) {
      server.objects.set(other, { body: Buffer.from("x"), digest: undefined });
    }
    expect(await objectStore().list()).toEqual(names.map(versionOf).sort());
  });

  it("refuses a wrong secret, another region and a bucket that is not there, and that is not tried again", async () => {
    const code = "registry.object-storage-refused";
    for (const change of [{ secretAccessKey: "another" }, { region: "elsewhere" }, { bucket: "none" }]) {
      server.requests.length = 0;
      expect(await failureOf(objectStore(change).list())).toMatchObject({ code });
      expect(server.requests.length).toBeLessThan(2);
    }
    expect(
      await failureOf(objectStore({ secretAccessKey: "x" }).create(versionOf("one"), stored("one"))),
    ).toMatchObject({
      code,
      message: expect.stringContaining("403") as string,
    });
  });

  it("that is busy is asked again, and told as unavailable if it stays so", async () => {
    let left = 2;
    server.behaviour.fault = ({ method }) => (method === "PUT" && left-- > 0 ? "503" : undefined);
    expect(await objectStore().create(versionOf("one"), stored("one"))).toBe(true);
    server.behaviour.fault = () => "503";
    expect(await failureOf(objectStore().get(versionOf("one")))).toMatchObject({
      code: "registry.object-storage-unreachable",
      definition: { retryable: true },
    });
    const nobody = objectStore({ endpoint: "http://127.0.0.1:1" });
    expect(await failureOf(nobody.list())).toMatchObject({ code: "registry.object-storage-unreachable" });
  });

  it("whose answer is cut short is asked again, and gives no half package", async () => {
    await objectStore().create(versionOf("one"), stored("one"));
    let left = 1;
    server.behaviour.fault = ({ method }) => (method === "GET" && left-- > 0 ? "truncate" : undefined);
    expect(await objectStore().get(versionOf("one"))).toEqual(stored("one"));
    server.behaviour.fault = ({ method }) => (method === "GET" ? "truncate" : undefined);
    expect(await failureOf(objectStore().get(versionOf("one")))).toMatchObject({
      code: "registry.object-storage-unreachable",
    });
  });

  it("that changes a byte is refused by name, and keeps no package that it took in wrongly", async () => {
    server.behaviour.fault = ({ method }) => (method === "PUT" ? "flip" : undefined);
    expect(await failureOf(objectStore().create(versionOf("one"), stored("one")))).toMatchObject({
      code: "registry.altered",
    });
    expect([...server.objects.keys()]).toEqual([]);
    server.behaviour.fault = () => undefined;
    await objectStore().create(versionOf("one"), stored("one"));
    server.behaviour.fault = ({ method }) => (method === "GET" ? "flip" : undefined);
    expect(await failureOf(objectStore().get(versionOf("one")))).toMatchObject({
      code: "registry.altered",
      message: expect.stringContaining(versionOf("one")) as string,
    });
  });

  it("is spoken to over TLS alone, but on this computer, and named without secrets", () => {
    for (const endpoint of [
      "http://storage.hospital.example",
      "storage",
      "https://user:pass@storage.example",
      "ftp://x",
    ]) {
      expect(() => objectStore({ endpoint })).toThrow(
        expect.objectContaining({ code: "registry.object-storage-settings" }),
      );
    }
    expect(objectStore({ endpoint: "https://storage.hospital.example" }).name).toBe(
      "bucket models at storage.hospital.example",
    );
    expect(JSON.stringify(objectStore())).not.toContain(storageCredentials.secretAccessKey);
  });
});
