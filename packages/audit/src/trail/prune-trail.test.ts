import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linesOf, openTrail, someEvent, trailFolder, writeSegment } from "../testing/trail-folder.ts";
import { verifyTrail } from "../verification/verify-trail.ts";
import { pruneTrail } from "./prune-trail.ts";
import { listSegments, segmentPath } from "./segment-files.ts";

type Place = ReturnType<typeof trailFolder>;
const at = (time: string) => ({ now: () => new Date(time) });
const verify = ({ directory, key }: Place) => verifyTrail({ directory, trusted: [key.publicKey] });

/** Segments of 2019, 2020 and 2024, one entry each. */
async function writeYears(place: Place): Promise<void> {
  for (const year of [2019, 2020, 2024]) await writeSegment(place, 1, at(`${year}-06-01T00:00:00Z`));
}

async function prune(place: Place, now: string, retentionYears = 6) {
  const trail = openTrail(place, at(now));
  try {
    const trusted = [place.key.publicKey];
    const { directory } = place;
    return await pruneTrail({ directory, trail, trusted, retentionYears, principal: "user:ada", now: new Date(now) });
  } finally {
    await trail.close();
  }
}

describe("pruning a trail", () => {
  it("removes what is older than the retention, and leaves a signed entry that verification begins with", async () => {
    const place = trailFolder();
    await writeYears(place);
    expect(await prune(place, "2025-05-31T00:00:00Z")).toEqual({ segments: 0, entries: 0 });
    expect(await prune(place, "2025-06-02T00:00:00Z")).toEqual({ segments: 1, entries: 1 });
    expect(await listSegments(place.directory)).toEqual([2, 3, 4]);
    expect(await verify(place)).toMatchObject({ segments: 3, findings: [] });
    await writeSegment(place, 1, at("2026-05-01T00:00:00Z"));
    expect(await prune(place, "2026-06-02T00:00:00Z")).toEqual({ segments: 1, entries: 1 });
    expect(await listSegments(place.directory)).toEqual([3, 4, 5, 6]);
    expect((await verify(place)).findings).toEqual([]);
  });

  it("never keeps less than six years, whatever is asked", async () => {
    const place = trailFolder();
    await writeYears(place);
    expect(await prune(place, "2025-05-31T00:00:00Z", 1)).toEqual({ segments: 0, entries: 0 });
  });

  it("keeps what a process still writes, and the last segment however old", async () => {
    const place = trailFolder();
    const open = openTrail(place, at("2019-06-01T00:00:00Z"));
    await open.append(someEvent(1));
    await writeSegment(place, 1, at("2019-06-01T00:00:00Z"));
    expect(await prune(place, "2030-01-01T00:00:00Z")).toEqual({ segments: 0, entries: 0 });
    await open.close();
    expect(await prune(place, "2030-01-01T00:00:00Z")).toEqual({ segments: 1, entries: 1 });
    expect((await verify(place)).findings).toEqual([]);
  });

  it("goes on where it was killed in the middle", async () => {
    const place = trailFolder();
    await writeYears(place);
    const before = join(place.directory, "before");
    cpSync(segmentPath(place.directory, 2), before);
    expect(await prune(place, "2026-06-02T00:00:00Z")).toEqual({ segments: 2, entries: 2 });
    cpSync(before, segmentPath(place.directory, 2));
    expect((await verify(place)).findings).toEqual([]);
    expect(await prune(place, "2026-06-02T00:00:00Z")).toEqual({ segments: 1, entries: 1 });
    expect((await verify(place)).findings).toEqual([]);
  });

  it("is told from a removal that nobody signed, also of more than was pruned", async () => {
    const place = trailFolder();
    await writeYears(place);
    rmSync(segmentPath(place.directory, 1));
    expect((await verify(place)).findings).toMatchObject([{ kind: "segment-missing", segment: 1, line: null }]);
    const other = trailFolder();
    await writeYears(other);
    await prune(other, "2025-06-02T00:00:00Z");
    rmSync(segmentPath(other.directory, 2));
    expect((await verify(other)).findings).toMatchObject([{ kind: "segment-missing", segment: 2 }]);
  });

  it("destroys no evidence: a trail that does not hold stays as it is", async () => {
    const place = trailFolder();
    await writeYears(place);
    const lines = linesOf(place.directory, 2);
    writeFileSync(segmentPath(place.directory, 2), `${lines[0]}\n${lines[2]}\n`);
    await expect(prune(place, "2035-01-01T00:00:00Z")).rejects.toMatchObject({ code: "audit.broken" });
    expect(existsSync(segmentPath(place.directory, 1))).toBe(true);
  });
});
