import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSigningKey, type SigningKey } from "@osteon/registry";
import { onTestFinished } from "vitest";
import type { AuditEvent } from "../event/audit-event.ts";
import { AuditTrail, type AuditTrailOptions } from "../trail/audit-trail.ts";
import { segmentPath } from "../trail/segment-files.ts";

/** A folder for a trail for the time of one test, and a key for it. */
export function trailFolder(): { readonly directory: string; readonly key: SigningKey } {
  const directory = mkdtempSync(join(tmpdir(), "osteon-audit-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return { directory, key: createSigningKey() };
}

export function openTrail(
  place: { readonly directory: string; readonly key: SigningKey },
  options: Partial<AuditTrailOptions> = {},
): AuditTrail {
  return new AuditTrail({ ...place, osteonVersion: "0.1.0", ...options });
}

/** An event like any other; `number` tells it from others. */
export function someEvent(number: number): AuditEvent {
  const model = String(number).padStart(16, "0");
  return { action: "model.added", principal: "user:ada", outcome: "succeeded", detail: { model } };
}

/** Writes `count` events, one after the other, and closes. */
export async function writeSegment(
  place: { readonly directory: string; readonly key: SigningKey },
  count: number,
  options: Partial<AuditTrailOptions> = {},
): Promise<void> {
  const trail = openTrail(place, options);
  for (let number = 1; number <= count; number++) await trail.append(someEvent(number));
  await trail.close();
}

/** The lines of a segment, each without its line feed. */
export function linesOf(directory: string, segment: number): string[] {
  return readFileSync(segmentPath(directory, segment), "utf8").split("\n").slice(0, -1);
}
