import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSigningKey, encodeCanonicalJson, type SigningKey } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linesOf, openTrail, someEvent, trailFolder, writeSegment } from "../testing/trail-folder.ts";
import { chainLine } from "../trail/segment-line.ts";
import { segmentPath } from "../trail/segment-files.ts";
import { lastCheckpoints, readExpectedCheckpoints } from "./checkpoint-file.ts";
import { verifyTrail } from "./verify-trail.ts";

/** Three segments: a closed one, one that was being written meanwhile, and the last. */
let directory: string;
let checkpointFile: string;
const key: SigningKey = createSigningKey();
const trusted = [key.publicKey];
const segments = [1, 2, 3];
const original = new Map<number, Buffer>();

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "osteon-audit-"));
  const place = { directory, key };
  const service = openTrail(place, { checkpointEntries: 2 });
  await service.append(someEvent(1));
  await writeSegment(place, 2);
  for (const number of [2, 3, 4]) await service.append(someEvent(number));
  await service.close();
  await writeSegment(place, 1);
  for (const segment of segments) original.set(segment, readFileSync(segmentPath(directory, segment)));
  checkpointFile = join(directory, "checkpoint");
  writeFileSync(checkpointFile, await lastCheckpoints(directory));
  expect(await findings()).toEqual([]);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function findings(expectCheckpoint = false) {
  const expected = expectCheckpoint ? await readExpectedCheckpoints(checkpointFile, trusted) : [];
  return (await verifyTrail({ directory, trusted, expected })).findings;
}

/** What is found while a segment has other bytes. */
async function findingsWith(segment: number, bytes: Uint8Array | string, expectCheckpoint = false) {
  writeFileSync(segmentPath(directory, segment), bytes);
  try {
    return await findings(expectCheckpoint);
  } finally {
    writeFileSync(segmentPath(directory, segment), original.get(segment)!);
  }
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

describe("verifying a trail", () => {
  // Every one of them: tampering.slow.test.ts.
  it("finds a flipped bit, in the segment that it is in", async () => {
    for (const segment of segments) {
      const bytes = original.get(segment)!;
      for (let at = 7 * segment; at < bytes.length; at += 101) {
        const altered = Buffer.from(bytes);
        altered[at]! ^= 1 << (at % 8);
        const found = await findingsWith(segment, altered);
        expect([segment, at, found.some((finding) => finding.segment === segment)]).toEqual([segment, at, true]);
      }
    }
  });

  it("finds each line that is removed, repeated or swapped with the next, and names it", async () => {
    for (const segment of segments) {
      const lines = linesOf(directory, segment);
      for (let at = 0; at < lines.length; at++) {
        const without = lines.toSpliced(at, 1);
        const isLast = at === lines.length - 1;
        // A segment that lacks its last line looks like one that is being written; a checkpoint kept elsewhere tells.
        const removed = await findingsWith(segment, joined(without), isLast);
        expect([segment, at, removed[0]]).toEqual([segment, at, expect.objectContaining({ segment }) as object]);
        if (!isLast && at > 0) expect(removed[0]).toMatchObject({ kind: "removed", line: at + 1 });
        const repeated = await findingsWith(segment, joined(lines.toSpliced(at, 0, lines[at]!)));
        expect(repeated.map(({ kind }) => kind)).toEqual(
          expect.arrayContaining([expect.stringMatching(/reordered|continued|replaced/)]) as string[],
        );
        if (isLast) continue;
        const swapped = await findingsWith(segment, joined(lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!)));
        expect(swapped.length).toBeGreaterThan(0);
      }
    }
  });

  it("finds a segment that ends after any of its lines, against its last checkpoint kept elsewhere", async () => {
    for (const segment of segments) {
      const lines = linesOf(directory, segment);
      for (let kept = 0; kept < lines.length; kept++) {
        const found = await findingsWith(segment, joined(lines.slice(0, kept)), true);
        expect([segment, kept, found.some((finding) => finding.segment === segment)]).toEqual([segment, kept, true]);
      }
    }
    // Of all but the last segment the others tell.
    const cut = await findingsWith(2, joined(linesOf(directory, 2).slice(0, 2)));
    expect(cut).toMatchObject([
      {
        kind: "cut-off",
        segment: 2,
        line: 2,
        message: expect.stringMatching(/segment \d, line \d says .* 4 lines$/) as string,
      },
    ]);
  });

  it("finds an entry that was put in another's place with all hashes made anew, since the signatures do not fit", async () => {
    const lines = linesOf(directory, 3);
    const opening = JSON.parse(lines[0]!) as { line: number; hash: string };
    const forged = chainLine({ at: "2026-11-05T10:00:00.000Z", event: someEvent(9) }, opening);
    const closing = JSON.parse(lines[2]!) as { checkpoint: never };
    const rechained = chainLine({ checkpoint: closing.checkpoint }, forged.end);
    expect(await findingsWith(3, `${lines[0]}\n${forged.text}${rechained.text}`)).toMatchObject([
      { kind: "replaced", segment: 3, line: 3 },
    ]);
  });

  it("finds a checkpoint that another key signed, and a whole segment that nobody signed", async () => {
    const stranger = { ...trailFolder(), key: createSigningKey() };
    await writeSegment(stranger, 1);
    const found = await findingsWith(3, readFileSync(segmentPath(stranger.directory, 1)));
    expect(found.map(({ kind, line }) => [kind, line])).toEqual(
      expect.arrayContaining([
        ["foreign-key", 1],
        ["foreign-key", 3],
      ]) as unknown[],
    );
    const unsigned = chainLine({ at: "2026-11-05T10:00:00.000Z", event: someEvent(9) }, { line: 0, hash: null });
    expect((await findingsWith(3, unsigned.text)).map(({ kind }) => kind)).toContain("replaced");
  });

  it("finds a segment that is missing, wherever it was", async () => {
    for (const segment of segments) {
      unlinkSync(segmentPath(directory, segment));
      const found = await findings(segment === 3);
      writeFileSync(segmentPath(directory, segment), original.get(segment)!);
      expect([segment, found[0]]).toEqual([segment, expect.objectContaining({ segment, line: null }) as object]);
    }
    // The first without what anybody kept: the second says that it follows another.
    for (const segment of [1, 2]) unlinkSync(segmentPath(directory, segment));
    expect((await findings())[0]).toMatchObject({ kind: "segment-missing", segment: 2 });
    for (const segment of [1, 2]) writeFileSync(segmentPath(directory, segment), original.get(segment)!);
  });

  it("finds an older trail that was put in the place of this one, against a checkpoint kept elsewhere", async () => {
    const place = trailFolder();
    await writeSegment({ ...place, key }, 2);
    const older = trailFolder().directory;
    cpSync(place.directory, older, { recursive: true });
    await writeSegment({ ...place, key }, 2);
    const kept = join(place.directory, "kept");
    writeFileSync(kept, await lastCheckpoints(place.directory));
    const expected = await readExpectedCheckpoints(kept, trusted);
    expect((await verifyTrail({ directory: place.directory, trusted, expected })).findings).toEqual([]);
    expect((await verifyTrail({ directory: older, trusted })).findings).toEqual([]);
    expect((await verifyTrail({ directory: older, trusted, expected })).findings).toMatchObject([
      { kind: "checkpoint-missing", segment: 2, line: null },
    ]);
    // What is newer than the checkpoint is no fault.
    await writeSegment({ ...place, key }, 1);
    expect((await verifyTrail({ directory: place.directory, trusted, expected })).findings).toEqual([]);
  });

  it("takes what is before the segment that it begins with as it is", async () => {
    const lines = linesOf(directory, 1);
    writeFileSync(segmentPath(directory, 1), joined(lines.slice(0, 2)));
    expect((await verifyTrail({ directory, trusted, from: 3 })).findings).toEqual([]);
    writeFileSync(segmentPath(directory, 1), original.get(1)!);
  });

  it("refuses a file that holds no checkpoint, and one of another key", async () => {
    const file = join(directory, "not-a-checkpoint");
    for (const text of ["", "\n", "{}\n", `${linesOf(directory, 1)[1]!}\n`]) {
      writeFileSync(file, text);
      await expect(readExpectedCheckpoints(file, trusted)).rejects.toMatchObject({ code: "audit.checkpoint" });
    }
    await expect(readExpectedCheckpoints(checkpointFile, [createSigningKey().publicKey])).rejects.toMatchObject({
      code: "registry.signature",
    });
    await expect(readExpectedCheckpoints(join(directory, "absent"), trusted)).rejects.toMatchObject({
      code: "registry.unreadable",
    });
    await expect(verifyTrail({ directory: join(directory, "nowhere"), trusted })).rejects.toMatchObject({
      code: "audit.missing",
    });
  });

  it("takes no line that says the same in other words", async () => {
    const lines = linesOf(directory, 3);
    const entry = JSON.parse(lines[1]!) as object;
    expect(encodeCanonicalJson(entry, "a line")).toBe(lines[1]);
    for (const other of [JSON.stringify(entry, null, 1).replaceAll("\n", " "), `${lines[1]} `, `${lines[1]}\r`]) {
      expect((await findingsWith(3, joined(lines.with(1, other))))[0]).toMatchObject({ kind: "altered", line: 2 });
    }
  });
});
