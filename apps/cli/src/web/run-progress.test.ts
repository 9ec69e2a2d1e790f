import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readRunProgress, recordProgress } from "./run-progress.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "osteon-progress-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeManifest(steps: object): void {
  const manifest = {
    format: "osteon-run/1",
    runId: "run-1",
    createdAt: "2026-01-01T00:00:00.000Z",
    osteonVersion: "0.1.0",
    nodeVersion: "24.0.0",
    sealedFor: "age1",
    steps,
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
}

const record = (status: string, more: object = {}) => ({
  status,
  key: "k",
  startedAt: "2026-01-01T00:00:00.000Z",
  inputs: {},
  options: {},
  outputs: [],
  detail: {},
  ...more,
});

it("is null where there is no run", async () => {
  expect(await readRunProgress(folder)).toBeNull();
});

it("tells of every step, and what the running one is at", async () => {
  writeManifest({ load: record("done", { durationMs: 12 }), train: record("running") });
  const told: string[] = [];
  const observer = recordProgress(folder, { onProgress: (_, message) => void told.push(message) });
  observer.onProgress!("train", "epoch 3", 0.3);
  observer.onProgress!("train", "epoch 4", 0.4);
  await expect.poll(async () => (await readRunProgress(folder))?.share).toBe(0.3);
  const progress = await readRunProgress(folder);
  expect(told).toEqual(["epoch 3", "epoch 4"]);
  expect(progress).toMatchObject({ run: "run-1", message: "epoch 3" });
  expect(progress!.steps.find(({ name }) => name === "load")).toMatchObject({ status: "done", duration_ms: 12 });
  expect(progress!.steps.find(({ name }) => name === "seal")).toMatchObject({ status: "waiting" });
});

it("does not take what an earlier step was at for the present one's, nor what is half-written", async () => {
  writeManifest({ train: record("done"), validate: record("failed", { errorCode: "internal" }) });
  writeFileSync(join(folder, "progress.json"), JSON.stringify({ step: "train", message: "epoch 3", share: 1 }));
  const progress = await readRunProgress(folder);
  expect(progress).toMatchObject({ message: null, share: null });
  expect(progress!.steps.find(({ name }) => name === "validate")).toMatchObject({ error_code: "internal" });
  writeManifest({ train: record("running") });
  writeFileSync(join(folder, "progress.json"), '{"step": "tr');
  expect(await readRunProgress(folder)).toMatchObject({ message: null });
});

it("goes on with the run where it cannot be written", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "as it was");
  const told: string[] = [];
  const observer = recordProgress(file, { onProgress: (_, message) => void told.push(message) });
  observer.onProgress!("train", "epoch 1", 2);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told).toEqual(["epoch 1"]);
  expect(readFileSync(file, "utf8")).toBe("as it was");
});
