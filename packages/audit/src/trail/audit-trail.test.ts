import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createSigningKey } from "@osteon/registry";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { linesOf, openTrail, someEvent, trailFolder, writeSegment } from "../testing/trail-folder.ts";
import { verifyTrail } from "../verification/verify-trail.ts";
import type { AuditEvent } from "../event/audit-event.ts";
import { listSegments, segmentPath, segmentsOf } from "./segment-files.ts";

type Place = ReturnType<typeof trailFolder>;
const verify = ({ directory, key }: Place) => verifyTrail({ directory, trusted: [key.publicKey] });
const parse = (line: string) => JSON.parse(line) as { event?: AuditEvent; at?: string; previous: string; hash: string };
const actionsOf = (place: Place, segment: number) =>
  linesOf(place.directory, segment).map((line) => parse(line).event?.action ?? "checkpoint");

describe("the audit trail", () => {
  it("holds entries chained to one another between signed checkpoints, for its owner alone", async () => {
    const place = trailFolder();
    await writeSegment(place, 3);
    expect(actionsOf(place, 1)).toEqual(["checkpoint", "model.added", "model.added", "model.added", "checkpoint"]);
    const lines = linesOf(place.directory, 1).map(parse);
    for (const [index, line] of lines.entries()) expect(line.previous).toBe(lines[index - 1]?.hash ?? null);
    expect(statSync(segmentPath(place.directory, 1)).mode & 0o777).toBe(0o600);
    expect(statSync(segmentsOf(place.directory)).mode & 0o777).toBe(0o700);
    expect(await verify(place)).toMatchObject({
      segments: 1,
      entries: 3,
      checkpoints: 2,
      unsigned: 0,
      findings: [],
      notes: [],
    });
  });

  it("has an entry on the disk when appending it resolves", async () => {
    const place = trailFolder();
    const trail = openTrail(place);
    await trail.append(someEvent(1));
    expect(actionsOf(place, 1)).toEqual(["checkpoint", "model.added"]);
    await trail.close();
  });

  it("writes nothing where nothing was entered", async () => {
    const place = trailFolder();
    await openTrail(place).close();
    expect(await listSegments(place.directory)).toEqual([]);
  });

  it("writes entries that come together with one fsync, and in their order", async () => {
    const place = trailFolder();
    const trail = openTrail(place, { groupMs: 5 });
    await trail.append(someEvent(0));
    const { open } = await import("node:fs/promises");
    const handle = await open(segmentPath(place.directory, 1), "r");
    const datasync = vi.spyOn(Object.getPrototypeOf(handle) as { datasync: () => Promise<void> }, "datasync");
    await handle.close();
    try {
      await Promise.all(Array.from({ length: 100 }, (_, number) => trail.append(someEvent(number + 1))));
      expect(datasync).toHaveBeenCalledTimes(1);
    } finally {
      datasync.mockRestore();
    }
    await trail.close();
    const models = linesOf(place.directory, 1).flatMap((line) => {
      const { event } = parse(line);
      return event?.action === "model.added" ? [Number(event.detail.model)] : [];
    });
    expect(models).toEqual(Array.from({ length: 101 }, (_, number) => number));
  });

  it("takes what is entered the moment that others were written", async () => {
    const place = trailFolder();
    const trail = openTrail(place);
    // Each follows the one before in the same turn of the event loop.
    let chain = Promise.resolve();
    for (let number = 1; number <= 200; number++) chain = chain.then(() => trail.append(someEvent(number)));
    await chain;
    await trail.close();
    expect((await verify(place)).entries).toBe(200);
  });

  it("signs after so many entries, and when it is asked to", async () => {
    const place = trailFolder();
    const trail = openTrail(place, { checkpointEntries: 3 });
    for (let number = 1; number <= 4; number++) await trail.append(someEvent(number));
    expect(actionsOf(place, 1).lastIndexOf("checkpoint")).toBe(4);
    expect((await verify(place)).unsigned).toBe(1);
    await trail.checkpoint();
    await trail.checkpoint();
    expect(actionsOf(place, 1).slice(-2)).toEqual(["model.added", "checkpoint"]);
    await trail.close();
    expect((await verify(place)).findings).toEqual([]);
  });

  it("signs what waits for it within the time given", async () => {
    const place = trailFolder();
    const trail = openTrail(place, { checkpointMs: 1 });
    await trail.append(someEvent(1));
    await expect.poll(() => actionsOf(place, 1)).toEqual(["checkpoint", "model.added", "checkpoint"]);
    await trail.close();
  });

  it("begins another segment when one is large, and with another month", async () => {
    const place = trailFolder();
    let now = new Date("2026-11-30T23:59:00Z");
    const trail = openTrail(place, { segmentBytes: 2_000, now: () => now });
    for (let number = 1; number <= 8; number++) await trail.append(someEvent(number));
    const before = (await listSegments(place.directory)).length;
    expect(before).toBeGreaterThan(1);
    expect(statSync(segmentPath(place.directory, 1)).size).toBeLessThan(4_000);
    now = new Date("2026-12-01T00:00:01Z");
    await trail.append(someEvent(9));
    expect(await listSegments(place.directory)).toHaveLength(before + 1);
    await trail.close();
    expect(await verify(place)).toMatchObject({ entries: 9, findings: [], notes: [] });
  });

  it("is written by several at once, each in segments of its own", async () => {
    const place = trailFolder();
    const trails = Array.from({ length: 6 }, () => openTrail(place));
    await Promise.all(
      trails.map(async (trail, writer) => {
        for (let number = 0; number < 20; number++) await trail.append(someEvent(writer * 100 + number));
      }),
    );
    expect(await listSegments(place.directory)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await verify(place)).toMatchObject({ entries: 120, findings: [] });
    await Promise.all(trails.map((trail) => trail.close()));
    await writeSegment(place, 1);
    expect(await verify(place)).toMatchObject({ segments: 7, entries: 121, unsigned: 0, findings: [], notes: [] });
  });

  it("says that the clock was set back, and goes on", async () => {
    const place = trailFolder();
    let now = new Date("2026-11-05T10:00:00Z");
    const trail = openTrail(place, { now: () => now });
    await trail.append(someEvent(1));
    now = new Date("2026-11-05T09:00:00Z");
    await trail.append(someEvent(2));
    now = new Date("2026-11-05T09:00:01Z");
    await trail.append(someEvent(3));
    await trail.close();
    expect(actionsOf(place, 1).filter((action) => action === "clock.set-back")).toHaveLength(1);
    now = new Date("2026-11-01T00:00:00Z");
    await writeSegment(place, 1, { now: () => now });
    expect(actionsOf(place, 2)).toContain("clock.set-back");
    const { findings, notes } = await verify(place);
    expect(findings).toEqual([]);
    expect(notes.map(({ message }) => message)).toEqual([
      "the clock was set back by 3600 s",
      expect.stringMatching(/^the clock was set back by \d+ s$/),
    ]);
  });

  it("refuses an event that its schema does not take, and writes nothing of it", async () => {
    const place = trailFolder();
    const trail = openTrail(place);
    const bad = { ...someEvent(1), detail: { model: "0".repeat(16), patient: "CANARY-1" } } as unknown as AuditEvent;
    await expect(trail.append(bad)).rejects.toThrow();
    await trail.append(someEvent(2));
    await trail.close();
    expect(readFileSync(segmentPath(place.directory, 1), "utf8")).not.toContain("CANARY");
  });

  it("takes nothing once it is closed", async () => {
    const trail = openTrail(trailFolder());
    await trail.close();
    await expect(trail.append(someEvent(1))).rejects.toMatchObject({ code: "audit.unwritable" });
  });

  it("says that it cannot be written where its folder is a file, and goes on once it is not", async () => {
    const { directory, key } = trailFolder();
    const blocked = { directory: `${directory}/trail`, key };
    writeFileSync(blocked.directory, "");
    const trail = openTrail(blocked);
    await expect(trail.append(someEvent(1))).rejects.toMatchObject({
      code: "audit.unwritable",
      parameters: { reason: expect.stringMatching(/^E(?:NOTDIR|EXIST)$/) as string },
    });
    const { unlink } = await import("node:fs/promises");
    await unlink(blocked.directory);
    await trail.append(someEvent(2));
    await trail.close();
    expect(await verify(blocked)).toMatchObject({ entries: 1, findings: [] });
  });
});

describe("a trail whose writer ended without closing it", () => {
  const deadWriter = { pid: 4_194_304, processStart: null };

  /** A segment of a process that is no more, with its last line cut off. */
  async function leaveTorn(place: Place): Promise<void> {
    vi.spyOn(process, "pid", "get").mockReturnValue(deadWriter.pid);
    const trail = openTrail(place);
    await trail.append(someEvent(1));
    await trail.append(someEvent(2));
    vi.restoreAllMocks();
    onTestFinished(() => trail.close());
    appendFileSync(segmentPath(place.directory, 1), '{"at":"2026-11-05T10:00:00.000Z","ev');
  }

  it("is gone on with: what was cut off stays where it is, set aside by name and digest", async () => {
    const place = trailFolder();
    await leaveTorn(place);
    expect(await verify(place)).toMatchObject({ entries: 2, unsigned: 2, findings: [], notes: [{ segment: 1 }] });
    await writeSegment(place, 1);
    expect(actionsOf(place, 2)).toEqual(["checkpoint", "audit.recovered", "model.added", "checkpoint"]);
    expect(parse(linesOf(place.directory, 2)[1]!).event!.detail).toEqual({ segment: 1, lines: 3, tornBytes: 36 });
    const { findings, notes } = await verify(place);
    expect(findings).toEqual([]);
    expect(notes).toEqual([
      { segment: 1, message: expect.stringContaining("36 bytes of a write that was cut off") as string },
    ]);
    // It is told once.
    await writeSegment(place, 1);
    expect(actionsOf(place, 3)).not.toContain("audit.recovered");
    expect((await verify(place)).findings).toEqual([]);
  });

  it("is found altered where anything is taken from it or added to it afterwards", async () => {
    const place = trailFolder();
    await leaveTorn(place);
    await writeSegment(place, 1);
    const path = segmentPath(place.directory, 1);
    const whole = readFileSync(path);
    for (const bytes of [
      whole.subarray(0, -1),
      whole.subarray(0, whole.lastIndexOf(10) + 1),
      whole.subarray(0, whole.lastIndexOf(10)),
      Buffer.concat([whole, Buffer.from("\n")]),
    ]) {
      writeFileSync(path, bytes);
      expect((await verify(place)).findings).not.toEqual([]);
    }
    writeFileSync(path, whole);
    expect((await verify(place)).findings).toEqual([]);
  });

  it("is not taken for ended while its writer runs, or on another computer", async () => {
    const place = trailFolder();
    const running = openTrail(place);
    await running.append(someEvent(1));
    await writeSegment(place, 1);
    await running.append(someEvent(2));
    await running.close();
    await writeSegment(place, 1);
    expect(actionsOf(place, 2)).not.toContain("audit.recovered");
    expect((await verify(place)).findings).toEqual([]);
  });

  it("does not keep others from writing where its last line was altered; verifying tells", async () => {
    const place = trailFolder();
    await writeSegment(place, 2);
    const path = segmentPath(place.directory, 1);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll('"line":4', '"line":9'));
    await writeSegment(place, 1);
    expect((await verify(place)).findings).toMatchObject([{ kind: "altered", segment: 1 }]);
    const other = createSigningKey();
    expect((await verifyTrail({ directory: place.directory, trusted: [other.publicKey] })).findings[0]).toMatchObject({
      kind: "foreign-key",
    });
  });
});
