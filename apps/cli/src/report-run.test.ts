import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runLayout, type RunManifest } from "@osteon/pipeline";
import type { Finding } from "@osteon/quality";
import { expect, it, onTestFinished } from "vitest";
import { reportRun } from "./report-run.ts";

it("findings are told: warnings, answers about batches and the last extract, and how many others there are", async () => {
  const directory = mkdtempSync(join(tmpdir(), "osteon-report-run-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const findings: readonly Finding[] = [
    { level: "warning", code: "batch-effect", message: "batches: expression differs" },
    { level: "info", code: "extract-no-drift", message: "the 12 new patients do not differ" },
    { level: "info", code: "day-zero-survival", message: "survival time: 1 of 85" },
  ];
  writeFileSync(join(directory, runLayout.quality), JSON.stringify({ findings }));
  const lines: string[] = [];
  const steps = { check: { status: "done" } } as unknown as RunManifest["steps"];
  await reportRun(directory, { steps } as RunManifest, {
    terminal: { line: (text) => void lines.push(text), status: () => {} },
    print: () => {},
  });
  expect(lines).toEqual([
    "Warning: batches: expression differs.",
    "Note: the 12 new patients do not differ.",
    "1 further observation in the quality report.",
    `Quality report      ${join(directory, runLayout.quality)}`,
  ]);
});
