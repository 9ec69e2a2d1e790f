import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openLedger, type Ledger } from "../index.ts";
import type { RunStart, ScoreRecord } from "../index.ts";

let folder: string;
let snapshotFile: string;
let directory: string;
let shared: Ledger;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-ledger-"));
  snapshotFile = join(folder, "cache", "snapshot.tar.gz");
  // Created from a damaged snapshot, which is made anew; the other tests start from that.
  await mkdir(join(folder, "cache"));
  await writeFile(snapshotFile, "damaged");
  shared = await openLedger(join(folder, "shared"), { snapshotFile });
  await shared.recordRunStarted(run("run-1"));
}, 60_000);
afterAll(async () => {
  await shared.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  directory = await mkdtemp(join(folder, "ledger-"));
});
const open = (): Promise<Ledger> => openLedger(directory, { snapshotFile });

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 2, 3, 4, second));
const run = (runId: string, change: Partial<RunStart> = {}): RunStart => ({
  runId,
  startedAt: at(0),
  cohortDigest: "ab".repeat(32),
  seed: Number.MAX_SAFE_INTEGER,
  options: { steps: ["load", "train"], rank: 4, nested: { minimum: 0.8 } },
  osteonVersion: "0.1.0",
  ...change,
});
const score = (metric: string, change: Partial<ScoreRecord> = {}): ScoreRecord => ({
  metric,
  value: 0.5,
  ceiling: 0.9,
  floor: 0.1,
  photocopy: 1,
  calibrated: null,
  ...change,
});

describe("the ledger", () => {
  it("gives back what was recorded, after closing and opening again", async () => {
    const ledger = await open();
    await ledger.recordRunStarted(run("run-1"));
    await ledger.recordStep({ runId: "run-1", step: "train", status: "running", startedAt: at(5) });
    await ledger.recordStep({
      runId: "run-1",
      step: "load",
      status: "succeeded",
      startedAt: at(1),
      finishedAt: at(2),
      detail: { patients: 85, complete: true, inputDigest: "cd".repeat(32), missingShare: 0.25 },
    });
    await ledger.recordStep({
      runId: "run-1",
      step: "train",
      status: "failed",
      startedAt: at(5),
      finishedAt: at(6),
      detail: { errorCode: "cohort.shape" },
    });
    await ledger.recordScores("run-1", [score("ks"), score("auc", { value: NaN, ceiling: Infinity })]);
    await ledger.recordScores("run-1", [score("ks", { value: 0.75 })]);
    await ledger.finishRun("run-1", "failed", at(7));
    await ledger.recordRunStarted(run("run-2", { startedAt: at(9) }));
    const model = {
      version: "0123456789abcdef",
      runId: "run-2",
      family: "factor-copula",
      packagePath: "out/model.osteon",
      createdAt: at(10),
      sealedSha256: "ef".repeat(32),
    };
    await ledger.recordModel(model);
    await ledger.recordModel({ ...model, runId: "run-1", createdAt: at(8) });
    await ledger.recordModel({ ...model, sealedSha256: "01".repeat(32) });
    await ledger.finishRun("run-2", "succeeded", at(11));
    await ledger.close();
    await ledger.close();

    await using again = await open();
    const runs = await again.listRuns();
    expect(runs.map(({ runId, status }) => [runId, status])).toEqual([
      ["run-2", "succeeded"],
      ["run-1", "failed"],
    ]);
    expect(runs[1]).toEqual({
      ...run("run-1"),
      status: "failed",
      finishedAt: at(7),
      steps: [
        {
          step: "load",
          status: "succeeded",
          startedAt: at(1),
          finishedAt: at(2),
          detail: { patients: 85, complete: true, inputDigest: "cd".repeat(32), missingShare: 0.25 },
        },
        {
          step: "train",
          status: "failed",
          startedAt: at(5),
          finishedAt: at(6),
          detail: { errorCode: "cohort.shape" },
        },
      ],
      scores: [score("auc", { value: null, ceiling: null }), score("ks", { value: 0.75 })],
    });
    expect(await again.listModels()).toEqual([
      { ...model, sealedSha256: "01".repeat(32) },
      { ...model, runId: "run-1", createdAt: at(8) },
    ]);
  }, 60_000);

  it("takes a run up again, and calls interrupted what its process left running", async () => {
    const ledger = await open();
    await ledger.recordRunStarted(run("run-1"));
    await ledger.recordStep({ runId: "run-1", step: "train", status: "running", startedAt: at(1) });
    await ledger.close();
    await using again = await open();
    expect(await again.listRuns()).toMatchObject([{ status: "interrupted", steps: [{ status: "interrupted" }] }]);
    await again.recordRunStarted(run("run-1", { startedAt: at(30), seed: 7 }));
    expect(await again.listRuns()).toMatchObject([
      { status: "running", startedAt: at(0), finishedAt: null, seed: 7, steps: [{ step: "train" }] },
    ]);
  }, 60_000);

  it("refuses records of a run that it does not know, and scores half recorded", async () => {
    const unknown = { code: "storage.unknown-run", parameters: { runId: "run-9" } };
    const step = { runId: "run-9", step: "load", status: "running", startedAt: at(0) } as const;
    await expect(shared.recordStep(step)).rejects.toMatchObject(unknown);
    await expect(shared.recordScores("run-9", [score("ks")])).rejects.toMatchObject(unknown);
    await expect(shared.finishRun("run-9", "succeeded", at(1))).rejects.toMatchObject(unknown);
    await expect(shared.recordScores("run-1", [score("ks"), score("not a name")])).rejects.toMatchObject({
      code: "storage.refused-value",
    });
    expect(await shared.listRuns()).toMatchObject([{ scores: [] }]);
  });

  it("keeps out what could be a patient's, without repeating it", async () => {
    const canary = "TARGET-40-CANARY";
    const step = { runId: "run-1", step: "load", status: "succeeded", startedAt: at(0) } as const;
    const attempts = [
      shared.recordRunStarted(run(canary)),
      shared.recordRunStarted(run("1999-12-31")),
      shared.recordRunStarted(run("12345678")),
      shared.recordRunStarted(run("run-2", { cohortDigest: canary })),
      shared.recordStep({ ...step, step: `${canary} died` }),
      shared.recordStep({ ...step, detail: { patient: canary } }),
      shared.recordStep({ ...step, detail: { [`${canary} 2011-04-05`]: 1 } }),
      shared.recordStep({ ...step, detail: { mean: NaN } }),
      shared.recordScores("run-1", [score(`${canary}, died`)]),
    ];
    for (const attempt of attempts) {
      const error = await attempt.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "storage.refused-value" });
      expect(String(error)).not.toContain("CANARY");
    }
    expect(JSON.stringify(await shared.listRuns())).not.toContain("CANARY");
  });

  it("works from concurrent callers", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => [
        shared.recordScores("run-1", [score(`a${index}`), score(`b${index}`)]),
        shared.recordStep({ runId: "run-1", step: `s${index}`, status: "running", startedAt: at(index) }),
      ]).flat(),
    );
    const [only] = await shared.listRuns();
    expect([only?.scores.length, only?.steps.length]).toEqual([40, 20]);
  });
});

describe("the rows of a ledger", () => {
  it("make the same ledger again, by way of JSON, and go into an empty one alone", async () => {
    await shared.recordRunStarted(run("run-rows", { seed: 7 }));
    await shared.recordStep({ runId: "run-rows", step: "load", status: "running", startedAt: at(1), detail: { n: 3 } });
    await shared.recordScores("run-rows", [score("auc")]);
    await shared.recordModel({
      version: "0123456789abcdef",
      runId: "run-rows",
      family: "factor-copula",
      packagePath: "package/model.osteon",
      createdAt: at(9),
      sealedSha256: "cd".repeat(32),
    });
    const rows = JSON.parse(JSON.stringify(await shared.exportRows())) as Awaited<ReturnType<Ledger["exportRows"]>>;
    const other = await open();
    await expect(other.importRows({ ...rows, schema: "9999-later" })).rejects.toMatchObject({
      code: "storage.newer-schema",
    });
    // Of a later version whose schema this one works with: the column that it added is left out.
    const later = rows.rows.run.map((row) => ({ ...row, remark: "of a later version" }));
    await other.importRows({ schema: "0002-run-remark.from-0001", rows: { ...rows.rows, run: later } });
    expect(await other.listRuns()).toEqual(await shared.listRuns());
    expect(await other.listModels()).toEqual(await shared.listModels());
    await expect(other.importRows(rows)).rejects.toMatchObject({ code: "storage.failed" });
    expect(await other.listRuns()).toEqual(await shared.listRuns());
    await other.close();
  });
});

describe("opening a ledger", () => {
  it("that is open is refused, naming the holder", async () => {
    await expect(openLedger(join(folder, "shared"))).rejects.toMatchObject({
      code: "storage.locked",
      parameters: { pid: process.pid },
    });
  });

  it("starts over where the process died while creating, from a snapshot that stays as it is", async () => {
    const before = await readFile(snapshotFile);
    expect(before.length).toBeGreaterThan(100_000);
    await mkdir(join(directory, "database.partial", "base"), { recursive: true });
    await writeFile(join(directory, "database.partial", "PG_VERSION"), "1");
    await using ledger = await open();
    expect(await ledger.listRuns()).toEqual([]);
    expect(await readdir(directory)).toEqual(["database", "osteon.lock"]);
    expect(Buffer.compare(await readFile(snapshotFile), before)).toBe(0);
    expect(await readdir(join(folder, "cache"))).toEqual(["snapshot.tar.gz"]);
  }, 60_000);

  it("refuses a place that is no directory, and leaves no lock after a failure", async () => {
    const file = join(directory, "file");
    await writeFile(file, "");
    await expect(openLedger(file)).rejects.toMatchObject({ code: "storage.cannot-open" });
    await mkdir(join(directory, "database"));
    await writeFile(join(directory, "database", "PG_VERSION"), "not a database");
    await expect(open()).rejects.toMatchObject({ code: "storage.cannot-open" });
    expect(await readdir(directory)).toEqual(["database", "file"]);
  }, 60_000);
});
