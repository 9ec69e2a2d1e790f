import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptApiKeys } from "./accept-api-keys.ts";
import { drawApiKey, idOfApiKey } from "./api-key.ts";
import { followKeys } from "./follow-keys.ts";
import type { KeyRecord } from "./key-record.ts";
import { KeyStore } from "./key-store.ts";

let folder: string;
let directory: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-keys-"));
  directory = join(folder, "api-keys");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = new Date("2026-03-01T12:00:00Z");
const request = {
  name: "nightly",
  scopes: ["generate"],
  expiresAt: new Date("2026-09-01T00:00:00Z"),
  by: "ann",
} as const;
const storeAt = (now: Date = start) => new KeyStore(directory, () => now);
const byId = (records: readonly KeyRecord[]) => new Map(records.map((record) => [record.id, record]));

describe("an API key", () => {
  it("has a prefix that scanners know, a public id and 256 bits that differ every time", () => {
    const keys = Array.from({ length: 50 }, drawApiKey);
    for (const { id, key } of keys) {
      expect(key).toMatch(/^osteon_[0-9a-f]{12}_[0-9a-f]{64}$/);
      expect(idOfApiKey(key)).toBe(id);
    }
    expect(new Set(keys.map(({ key }) => key.slice(20))).size).toBe(50);
    for (const text of ["", "osteon__", `x${keys[0]!.key}`, `${keys[0]!.key}0`, keys[0]!.key.toUpperCase()]) {
      expect(idOfApiKey(text)).toBeUndefined();
    }
  });

  it("is kept as a hash in a file of its owner's", async () => {
    const { key, record } = await storeAt().issue(request);
    const path = join(directory, `${record.id}.json`);
    const text = readFileSync(path, "utf8");
    expect(text).not.toContain(key.slice(20));
    expect(JSON.parse(text)).toEqual({
      format_version: 1,
      id: record.id,
      name: "nightly",
      scopes: ["generate"],
      hash: record.hash,
      created_at: "2026-03-01T12:00:00.000Z",
      created_by: "ann",
      expires_at: "2026-09-01T00:00:00.000Z",
      revoked_at: null,
      revoked_by: null,
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(readdirSync(directory)).toEqual([`${record.id}.json`]);
  });

  it("is accepted with its scopes until it expires, is revoked, or its file is gone", async () => {
    const store = storeAt();
    const { key, record } = await store.issue(request);
    const authenticate = async (now: Date) =>
      acceptApiKeys(
        (
          (known) => () =>
            known
        )(byId((await store.read()).records)),
        () => now,
      ).authenticate(key);
    expect(await authenticate(start)).toEqual({ id: `key-${record.id}`, scopes: ["generate"] });
    expect(await authenticate(new Date("2026-08-31T23:59:59Z"))).toMatchObject({ id: `key-${record.id}` });
    expect(await authenticate(new Date("2026-09-01T00:00:00Z"))).toBe("expired");
    await store.revoke(record.id, "bob");
    expect(await authenticate(start)).toBe("revoked");
    rmSync(join(directory, `${record.id}.json`));
    expect(await authenticate(start)).toBe("unknown");
  });

  it("is refused with another's id, secret or form, and who expired is told to nobody with a wrong secret", async () => {
    const store = storeAt();
    const [one, two] = [await store.issue(request), await store.issue(request)];
    const records = byId((await store.read()).records);
    const authenticator = acceptApiKeys(
      () => records,
      () => new Date("2030-01-01T00:00:00Z"),
    );
    const secretOf = (key: string) => key.slice(-64);
    expect(authenticator.authenticate(one.key)).toBe("expired");
    expect(authenticator.authenticate(`osteon_${one.record.id}_${secretOf(two.key)}`)).toBe("unknown");
    expect(authenticator.authenticate(`osteon_${"0".repeat(12)}_${secretOf(one.key)}`)).toBe("unknown");
    expect(authenticator.authenticate(`osteon_${"0".repeat(12)}_${"0".repeat(64)}`)).toBe("unknown");
    expect(authenticator.authenticate(one.record.hash)).toBe("malformed");
    expect(authenticator.authenticate("__proto__")).toBe("malformed");
  });
});

describe("KeyStore", () => {
  it("revokes once: who and when stay those of the first time", async () => {
    const { record } = await storeAt().issue(request);
    const first = await storeAt(new Date("2026-04-01T00:00:00Z")).revoke(record.id, "bob");
    expect(first).toMatchObject({ revoked_at: "2026-04-01T00:00:00.000Z", revoked_by: "bob" });
    expect(await storeAt(new Date("2026-05-01T00:00:00Z")).revoke(record.id, "cy")).toEqual(first);
    await expect(storeAt().revoke("000000000000", "bob")).rejects.toMatchObject({ code: "access.key-unknown" });
    await expect(storeAt().revoke("../../etc/passwd", "bob")).rejects.toMatchObject({ code: "access.key-unknown" });
  });

  it.each([
    ["is not JSON", () => "{", /not JSON/],
    [
      "has more scopes than there are",
      (text: string) => text.replace('"generate"', '"everything"'),
      /faults in scopes/,
    ],
    ["has an unknown field", (text: string) => text.replace("{", '{"canary": 1,'), /the whole/],
    [
      "has no end",
      (text: string) => text.replace(/"expires_at": "[^"]*"/, '"expires_at": null'),
      /faults in expires_at/,
    ],
  ])("accepts no key whose file %s, and goes on with the others", async (_, change, reason) => {
    const store = storeAt();
    const [broken, whole] = [await store.issue(request), await store.issue(request)];
    const path = join(directory, `${broken.record.id}.json`);
    writeFileSync(path, change(readFileSync(path, "utf8")));
    const { records, faults } = await store.read();
    expect(records).toEqual([whole.record]);
    expect(faults).toMatchObject([{ code: "access.key-file" }]);
    expect(faults[0]!.message).toMatch(reason);
    expect(faults[0]!.message).not.toMatch(/canary|everything/);
    await expect(store.revoke(broken.record.id, "bob")).rejects.toMatchObject({ code: "access.key-file" });
  });

  it("takes a copy of a key's file under another name for no key: revoking the first would not end it", async () => {
    const store = storeAt();
    const { record } = await store.issue(request);
    writeFileSync(join(directory, "000000000000.json"), readFileSync(join(directory, `${record.id}.json`)));
    expect(await store.read()).toMatchObject({ records: [record], faults: [{ code: "access.key-file" }] });
  });

  it("has no keys where there never was a directory, and fails where one went away", async () => {
    const store = storeAt();
    expect(await store.read()).toEqual({ records: [], faults: [] });
    await store.issue(request);
    await store.read();
    renameSync(directory, `${directory}-away`);
    await expect(store.read()).rejects.toMatchObject({ code: "access.keys-unreadable" });
  });

  it("keeps every key of many that are made at once", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => storeAt().issue(request)));
    const { records } = await storeAt().read();
    expect(new Set(records.map(({ id }) => id))).toEqual(new Set(made.map(({ record }) => record.id)));
  });
});

describe("followKeys", () => {
  it("takes up new and revoked keys, and goes on with those before while the directory cannot be read", async () => {
    const stop = new AbortController();
    const refused: string[] = [];
    const following = await followKeys({
      store: storeAt(),
      signal: stop.signal,
      onRefused: (code) => void refused.push(code),
    });
    const authenticator = acceptApiKeys(following.current, () => start);
    const writer = storeAt();
    const { key, record } = await writer.issue(request);
    await expect
      .poll(() => authenticator.authenticate(key), { timeout: 10_000 })
      .toMatchObject({ id: `key-${record.id}` });

    renameSync(directory, `${directory}-away`);
    await expect.poll(() => refused, { timeout: 10_000 }).toEqual(["access.keys-unreadable"]);
    expect(authenticator.authenticate(key)).toMatchObject({ id: `key-${record.id}` });
    renameSync(`${directory}-away`, directory);

    await writer.revoke(record.id, "bob");
    await expect.poll(() => authenticator.authenticate(key), { timeout: 10_000 }).toBe("revoked");
    expect(refused).toHaveLength(1);
    stop.abort();
  });
});
