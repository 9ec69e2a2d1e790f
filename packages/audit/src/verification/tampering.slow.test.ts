import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { trailFolder, writeSegment } from "../testing/trail-folder.ts";
import { segmentPath } from "../trail/segment-files.ts";
import { verifyTrail } from "./verify-trail.ts";

describe("verifying a small trail", () => {
  it("finds each byte of it that is altered, be it by one bit or by all", { timeout: 1_200_000 }, async () => {
    const place = trailFolder();
    await writeSegment(place, 2);
    const { directory, key } = place;
    const path = segmentPath(directory, 1);
    const whole = readFileSync(path);
    const holds = async (): Promise<boolean> =>
      (await verifyTrail({ directory, trusted: [key.publicKey] })).findings.length === 0;
    expect(await holds()).toBe(true);
    const missed: string[] = [];
    for (let at = 0; at < whole.length; at++) {
      for (const mask of [1 << (at % 8), 0xff]) {
        const altered = Buffer.from(whole);
        altered[at]! ^= mask;
        writeFileSync(path, altered);
        if (await holds()) missed.push(`${at} by ${mask}`);
      }
    }
    expect(whole.length).toBeGreaterThan(1_000);
    expect(missed).toEqual([]);
  });
});
