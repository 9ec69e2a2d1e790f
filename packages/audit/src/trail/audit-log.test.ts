import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { auditPlaceAt, obtainAuditKey, readTrustedKeys } from "../keys/audit-keys.ts";
import { openTrail, someEvent, trailFolder } from "../testing/trail-folder.ts";
import { createAuditLog, createNoAuditLog, type AuditLog, type Deed } from "./audit-log.ts";
import { lastConfigurationDigest } from "./last-configuration.ts";
import { readEntries } from "./read-entries.ts";

const model = "0123456789abcdef";
const deed: Deed<"model.added"> = { action: "model.added", principal: "user:ada", detail: { model } };

function openLog(isRequired = true) {
  const place = trailFolder();
  const directory = join(place.directory, "trail");
  const unwritten: string[] = [];
  const trail = openTrail({ ...place, directory });
  const log = createAuditLog(trail, { isRequired, onUnwritten: (code) => void unwritten.push(code) });
  return {
    log,
    unwritten,
    directory,
    block: () => {
      rmSync(directory, { recursive: true, force: true });
      writeFileSync(directory, "");
    },
    events: async () => {
      const events = [];
      for await (const { event } of readEntries({ directory })) events.push(event);
      return events;
    },
  };
}

describe("a deed", () => {
  it("is entered before it is done and after it, linked by its operation", async () => {
    const { log, events } = openLog();
    let before: unknown[] = [];
    const result = await log.during(
      deed,
      async () => {
        before = await events();
        return "f".repeat(16);
      },
      (other) => ({ model: other }),
    );
    expect(result).toBe("f".repeat(16));
    expect(before).toMatchObject([{ ...deed, outcome: "attempted" }]);
    const [first, second] = await events();
    expect(second).toMatchObject({ outcome: "succeeded", detail: { model: "f".repeat(16) } });
    expect(first!.operation).toMatch(/^[0-9a-f-]{36}$/);
    expect(second!.operation).toBe(first!.operation);
    await log.close();
  });

  it("that fails is entered with its code, and a stranger's error without a word of it", async () => {
    const { log, events } = openLog();
    const failing = (error: Error) => log.during(deed, () => Promise.reject(error));
    await expect(failing(osteonError("registry.gate", { version: model, reasons: "x" }))).rejects.toThrow();
    await expect(failing(new Error("CANARY of a patient"))).rejects.toThrow("CANARY");
    const entered = await events();
    expect(entered.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual([
      ["attempted", undefined],
      ["failed", "registry.gate"],
      ["attempted", undefined],
      ["failed", "internal"],
    ]);
    expect(JSON.stringify(entered)).not.toContain("CANARY");
    await log.close();
  });

  it("that cannot be entered is not done", async () => {
    const { log, block } = openLog();
    block();
    let isDone = false;
    const outcome = log.during(deed, async () => void (isDone = true));
    await expect(outcome).rejects.toMatchObject({ code: "audit.unwritable" });
    await expect(log.enter(deed)).rejects.toMatchObject({ code: "audit.unwritable" });
    expect(isDone).toBe(false);
  });

  it("that was done and cannot be entered says that it was done", async () => {
    const { log, directory } = openLog();
    await log.enter(deed);
    await log.close();
    let calls = 0;
    const trail = { append: async () => (++calls === 2 ? Promise.reject(unwritable) : undefined) };
    const unwritable = osteonError("audit.unwritable", { reason: "ENOSPC" });
    const failing = createAuditLog(trail as never, { isRequired: true, onUnwritten: () => undefined });
    await expect(failing.during(deed, async () => directory)).rejects.toMatchObject({
      code: "audit.outcome-unwritten",
      parameters: { action: "model.added", reason: "ENOSPC" },
    });
  });

  it("is done all the same where the trail is not required, and that is told", async () => {
    const { log, block, unwritten } = openLog(false);
    block();
    expect(await log.during(deed, async () => "done")).toBe("done");
    await log.enter(deed);
    await log.close();
    expect(unwritten).toEqual(["audit.unwritable", "audit.unwritable", "audit.unwritable"]);
    const none: AuditLog = createNoAuditLog();
    expect(await none.during(deed, async () => "done")).toBe("done");
  });
});

describe("the keys of a trail", () => {
  it("are made with it, once, and never for one that is there", async () => {
    const { directory } = trailFolder();
    const place = auditPlaceAt(join(directory, "audit"));
    await expect(readTrustedKeys(place)).rejects.toMatchObject({ code: "audit.no-key" });
    const keys = await Promise.all(Array.from({ length: 6 }, () => obtainAuditKey(place)));
    expect(new Set(keys.map((key) => key.publicKey.keyId)).size).toBe(1);
    expect((await readTrustedKeys(place)).map(({ keyId }) => keyId)).toEqual([keys[0]!.publicKey.keyId]);
    const trail = openTrail({ directory: place.directory, key: keys[0]! });
    await trail.append(someEvent(1));
    await trail.close();
    rmSync(place.signingKeyPath);
    await expect(obtainAuditKey(place)).rejects.toMatchObject({ code: "registry.unreadable" });
  });
});

describe("the configuration of the last start", () => {
  it("is found behind segments of other processes", async () => {
    const place = trailFolder();
    expect(await lastConfigurationDigest(place.directory)).toBeUndefined();
    const start = (digit: string) =>
      ({
        action: "service.started",
        principal: "system",
        outcome: "succeeded",
        detail: { configurationDigest: digit.repeat(64), model: null },
      }) as const;
    for (const event of [start("a"), start("b"), someEvent(1), someEvent(2)]) {
      const trail = openTrail(place);
      await trail.append(event);
      await trail.close();
    }
    expect(await lastConfigurationDigest(place.directory)).toBe("b".repeat(64));
  });
});
