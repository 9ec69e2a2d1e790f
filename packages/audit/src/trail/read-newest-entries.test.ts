import { utimesSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openTrail, someEvent, trailFolder, writeSegment } from "../testing/trail-folder.ts";
import { readEntries, type AuditEntry } from "./read-entries.ts";
import { readNewestEntries, type EntryPlace } from "./read-newest-entries.ts";
import { segmentPath } from "./segment-files.ts";

async function oldestFirst(directory: string, filter = {}): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const entry of readEntries({ directory, filter })) entries.push(entry);
  return entries;
}

/** Two writers at one time, one after them, and a segment larger than what is read at once. */
async function writeOverlapping(place: ReturnType<typeof trailFolder>): Promise<void> {
  const [first, second] = [openTrail(place), openTrail(place)];
  for (let number = 1; number <= 9; number++) await (number % 2 ? first : second).append(someEvent(number));
  await first.close();
  await writeSegment(place, 300);
  await second.append(someEvent(10));
  await second.close();
}

describe("the newest entries", () => {
  it("are all of a trail in the other direction, page by page, whatever a page holds", async () => {
    const place = trailFolder();
    await writeOverlapping(place);
    const all = (await oldestFirst(place.directory)).toReversed();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 7, max: 400 }), async (limit, mostRead) => {
        const pages: AuditEntry[] = [];
        let before: EntryPlace | undefined;
        do {
          const page = await readNewestEntries({ directory: place.directory, before, limit, mostRead });
          expect(page.entries.length).toBeLessThanOrEqual(limit);
          pages.push(...page.entries);
          before = page.oldest ?? undefined;
        } while (before !== undefined);
        expect(pages).toEqual(all);
      }),
      { numRuns: 20 },
    );
  });

  it("are those asked for", async () => {
    const place = trailFolder();
    await writeOverlapping(place);
    const [, , third] = await oldestFirst(place.directory);
    const since = third!.at;
    const { entries } = await readNewestEntries({ directory: place.directory, limit: 1_000, filter: { since } });
    expect(entries).toEqual((await oldestFirst(place.directory, { since })).toReversed());
    const none = { principal: "user:nobody" };
    expect(await readNewestEntries({ directory: place.directory, limit: 5, filter: none })).toEqual({
      entries: [],
      oldest: null,
    });
  });

  it("are found in copies whose files have other times", async () => {
    const place = trailFolder();
    await writeOverlapping(place);
    const all = (await oldestFirst(place.directory)).toReversed();
    const later = new Date(Date.now() + 86_400_000);
    for (const segment of [1, 2, 3]) utimesSync(segmentPath(place.directory, segment), later, later);
    expect((await readNewestEntries({ directory: place.directory, limit: 1_000 })).entries).toEqual(all);
  });

  it("ends a search for what is rare, and says how far it came", async () => {
    const place = trailFolder();
    await writeSegment(place, 20);
    const all = (await oldestFirst(place.directory)).toReversed();
    const nobody = { principal: "user:nobody" };
    const { entries, oldest } = await readNewestEntries({
      directory: place.directory,
      limit: 5,
      mostRead: 8,
      filter: nobody,
    });
    expect(entries).toEqual([]);
    expect(oldest).toMatchObject({ segment: 1, line: all[7]!.line });
  });

  it("are not there where there is no trail", async () => {
    const { directory } = trailFolder();
    await expect(readNewestEntries({ directory, limit: 1 })).rejects.toMatchObject({ code: "audit.missing" });
  });
});
