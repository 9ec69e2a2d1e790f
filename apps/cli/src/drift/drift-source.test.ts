import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DriftCheck, DriftQuestion } from "@osteon/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDriftRecord, recordCheck, recordFailure } from "./drift-records.ts";
import { driftReading, openDriftSource } from "./drift-source.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "osteon-drift-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function checkOf(question: DriftQuestion, state: DriftCheck["state"]): DriftCheck {
  return {
    format: "osteon-drift-check/1",
    question,
    state,
    reasons: [],
    next: [],
    reference: { patients: 85, digest: "ab".repeat(32) },
    patients: { read: 9, known: 0, incomplete: 0, compared: 9 },
    comparison: null,
    sequential: null,
    notes: [],
  };
}

describe("records of drift checks", () => {
  it("are not there before the first check", async () => {
    const source = openDriftSource(join(folder, "nowhere"));
    expect(await source.read()).toEqual({ input: null, output: null });
    expect(await driftReading(source)()).toBeUndefined();
  });

  it("keep the last answer beside a failure, and forget the failure with the next answer", async () => {
    await recordCheck(folder, "input", checkOf("input", "watch"));
    await recordFailure(folder, "input", "drift.state");
    const failed = await readDriftRecord(folder, "input");
    expect(failed).toMatchObject({ check: { state: "watch" }, failure: { code: "drift.state" } });
    await recordCheck(folder, "input", checkOf("input", "stable"));
    expect(await readDriftRecord(folder, "input")).toMatchObject({ check: { state: "stable" }, failure: null });
    expect(readdirSync(folder)).toEqual(["input.json"]);
  });

  it("that are no records are named, and are written anew", async () => {
    writeFileSync(join(folder, "output.json"), "{}");
    await expect(readDriftRecord(folder, "output")).rejects.toMatchObject({ code: "drift.record" });
    await recordFailure(folder, "output", "internal");
    expect(await readDriftRecord(folder, "output")).toMatchObject({ checked_at: null, failure: { code: "internal" } });
  });
});

describe("what the monitoring is told", () => {
  it("is the worse of the two states", async () => {
    await recordCheck(folder, "input", checkOf("input", "watch"));
    await recordCheck(folder, "output", checkOf("output", "drift"));
    expect(await driftReading(openDriftSource(folder))()).toMatchObject({ state: "drift" });
  });

  it("is nothing where a check could not be made", async () => {
    await recordCheck(folder, "input", checkOf("input", "stable"));
    await recordFailure(folder, "output", "drift.no-reference");
    await expect(driftReading(openDriftSource(folder))()).rejects.toThrow("drift.no-reference");
  });
});
