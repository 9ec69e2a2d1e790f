import { readFileSync, truncateSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { openTrail, someEvent, trailFolder, writeSegment } from "../testing/trail-folder.ts";
import { verifyTrail } from "../verification/verify-trail.ts";
import { readEntries } from "./read-entries.ts";
import { segmentPath } from "./segment-files.ts";

describe("a write that was cut off", () => {
  it("after any byte of it is set aside, and every whole entry before stays", { timeout: 600_000 }, async () => {
    let bytesLeft = 0;
    for (let cut = 1; cut === 1 || bytesLeft > 0; cut++) {
      const place = trailFolder();
      // A process that is no more.
      vi.spyOn(process, "pid", "get").mockReturnValue(4_194_304);
      const trail = openTrail(place);
      await trail.append(someEvent(1));
      const path = segmentPath(place.directory, 1);
      const acknowledged = readFileSync(path).length;
      await Promise.all([trail.append(someEvent(2)), trail.append(someEvent(3))]);
      vi.restoreAllMocks();
      const whole = readFileSync(path);
      bytesLeft = whole.length - cut - acknowledged;
      truncateSync(path, whole.length - cut);
      await writeSegment(place, 1);
      const lines =
        whole
          .subarray(0, whole.length - cut)
          .toString("utf8")
          .split("\n").length - 1;
      const entries = [];
      for await (const entry of readEntries(place)) entries.push(entry);
      expect([cut, entries.filter(({ segment }) => segment === 1).length]).toEqual([cut, lines - 1]);
      const { findings } = await verifyTrail({ directory: place.directory, trusted: [place.key.publicKey] });
      expect([cut, findings]).toEqual([cut, []]);
      // Its file, which it does not know to be cut.
      await trail.close();
    }
  });
});
