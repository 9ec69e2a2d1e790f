import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  auditPlaceAt,
  AuditTrail,
  createAuditLog,
  obtainAuditKey,
  type AuditLog,
  type AuditPlace,
} from "@osteon/audit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAuditSource } from "./audit-source.ts";

let place: AuditPlace;
let log: AuditLog;

beforeEach(async () => {
  place = auditPlaceAt(mkdtempSync(join(tmpdir(), "osteon-audit-source-")));
  const trail = new AuditTrail({
    directory: place.directory,
    key: await obtainAuditKey(place),
    osteonVersion: "0.1.0",
  });
  log = createAuditLog(trail, { isRequired: true, onUnwritten: () => undefined });
  for (const model of ["0000000000000001", "0000000000000002"]) {
    await log.enter({ action: "model.added", principal: "user:ada", detail: { model } });
  }
  await log.enter({ action: "api-key.revoked", principal: "user:ben", detail: { keyId: "0123456789ab" } });
});

afterEach(async () => {
  await log.close();
  rmSync(place.directory, { recursive: true, force: true });
});

describe("the trail for auditors", () => {
  it("is read page by page, the newest first", async () => {
    const source = openAuditSource(place, log);
    const first = await source.read({ limit: 2 });
    expect(first.entries.map(({ principal, action }) => `${principal} ${action}`)).toEqual([
      "user:ben api-key.revoked",
      "user:ada model.added",
    ]);
    const rest = await source.read({ limit: 2, after: first.next! });
    expect(rest.entries.map(({ detail }) => detail)).toEqual([{ model: "0000000000000001" }]);
    expect(rest.next).toBeNull();
  });

  it("is searched by who, what and when", async () => {
    const source = openAuditSource(place, log);
    const found = async (search: object) => (await source.read({ limit: 50, ...search })).entries.length;
    const today = new Date().toISOString().slice(0, 10);
    expect(await found({ principal: "user:ada" })).toBe(2);
    expect(await found({ action: "api-key" })).toBe(1);
    expect(await found({ action: "model.added", from: today, to: today })).toBe(2);
    expect(await found({ from: "2001-01-01", to: "2001-12-31" })).toBe(0);
    await expect(found({ action: "models" })).resolves.toBe(0);
    await expect(found({ action: "model.eaten" })).rejects.toMatchObject({ code: "service.audit-action" });
  });

  it("counts every fault of what it verified, and shows a hundred", async () => {
    for (let k = 0; k < 120; k++) {
      await log.enter({ action: "model.added", principal: "user:eve", detail: { model: "0000000000000003" } });
    }
    for (const name of readdirSync(place.directory, { recursive: true, encoding: "utf8" })) {
      const path = join(place.directory, name);
      if (!statSync(path).isFile()) continue;
      const text = readFileSync(path, "utf8");
      if (text.includes("user:eve")) writeFileSync(path, text.replaceAll("user:eve", "user:bob"));
    }
    const source = openAuditSource(place, log);
    const { holds, findings } = await source.verify("key-1");
    expect(holds).toBe(false);
    expect(findings).toHaveLength(100);
    const { entries } = await source.read({ limit: 1 });
    expect(entries[0]).toMatchObject({ action: "audit.verified", error_code: "audit.broken" });
    expect(entries[0]!.detail["faults"]).toBeGreaterThanOrEqual(120);
  });

  it("enters that it was verified and exported, and by whom", async () => {
    const source = openAuditSource(place, log);
    const [one, two] = await Promise.all([source.verify("key-1"), source.verify("key-2")]);
    expect(one).toMatchObject({ holds: true, entries: 3, findings: [] });
    expect(two).toEqual(one);
    const texts = (await Readable.from(
      await source.export({ action: "model" }, "json", "key-1"),
    ).toArray()) as string[];
    expect(texts.map((text) => (JSON.parse(text) as { event: { action: string } }).event.action)).toEqual([
      "model.added",
      "model.added",
    ]);
    const { entries } = await source.read({ limit: 3 });
    expect(entries.map(({ principal, action }) => `${principal} ${action}`).toSorted()).toEqual([
      "client:key-1 audit.exported",
      "client:key-1 audit.verified",
      "client:key-2 audit.verified",
    ]);
  });
});
