import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mkdtempSync } from "node:fs";
import { runLayout, runPipeline, stepNames, type RunManifest, type StepName } from "@osteon/pipeline";
import { createIdentityFile } from "@osteon/registry";
import { lockDirectory } from "@osteon/embedded-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isExhaustive } from "../support/exhaustive.ts";
import { observeRun, smallConfiguration, temporaryFolder } from "./support/small-run.ts";

/** One finished run, from which each test begins with a copy. */
let finished: string;
beforeAll(async () => {
  finished = mkdtempSync(join(tmpdir(), "osteon-finished-"));
  await runPipeline({ configuration: smallConfiguration(), directory: finished, osteonVersion: "0.1.0" });
});
afterAll(() => rmSync(finished, { recursive: true, force: true }));

function copyOfFinished(): string {
  const directory = join(temporaryFolder(), "run");
  cpSync(finished, directory, { recursive: true });
  return directory;
}

const manifestOf = (directory: string): RunManifest =>
  JSON.parse(readFileSync(join(directory, runLayout.manifest), "utf8")) as RunManifest;
const after = (step: StepName): StepName[] => stepNames.slice(stepNames.indexOf(step));

describe("a finished run", () => {
  it("has in its manifest the inputs' digests, options, seeds, versions and timings of every step", () => {
    const manifest = manifestOf(finished);
    expect(manifest).toMatchObject({ format: "osteon-run/1", osteonVersion: "0.1.0", nodeVersion: process.version });
    expect(Object.keys(manifest.steps)).toEqual([...stepNames]);
    for (const record of Object.values(manifest.steps)) {
      expect(record).toMatchObject({ status: "done", durationMs: expect.any(Number) });
      expect(Date.parse(record.finishedAt!)).toBeGreaterThanOrEqual(Date.parse(record.startedAt));
      expect(record.key).toMatch(/^[0-9a-f]{64}$/);
      for (const { path, bytes, sha256 } of record.outputs) {
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(readFileSync(join(finished, path)).length).toBe(bytes);
      }
    }
    expect(manifest.steps.train?.options).toMatchObject({ seed: 1, folds: 2, architecture: "factor-copula" });
    expect(manifest.steps.features?.inputs).toEqual({ geneSets: "built-in" });
    expect(manifest.steps.load?.options).toMatchObject({ source: "demonstration", seed: 2020 });
  });

  it("keeps every step the second time and changes no file", async () => {
    const directory = copyOfFinished();
    const before = new Map(filesOf(directory).map((file) => [file, readFileSync(join(directory, file), "base64")]));
    const { kept, ran } = await observeRun({ configuration: smallConfiguration(), directory });
    expect({ kept, ran }).toEqual({ kept: [...stepNames], ran: [] });
    expect(filesOf(directory)).toEqual([...before.keys()]);
    for (const [file, content] of before) {
      expect([file, readFileSync(join(directory, file), "base64") === content]).toEqual([file, true]);
    }
  });

  it("leaves no lock and nothing half-written", () => {
    expect(filesOf(finished).filter((file) => /lock|partial|\.old/.test(file))).toEqual([]);
  });

  const changes: [string, Parameters<typeof smallConfiguration>[0], StepName[]][] = [
    ["data.seed", { data: { source: "demonstration", patients: 60, genes: 60, seed: 3 } }, after("load")],
    ["phi_removal.release", { phi_removal: { release: "second" } }, after("deidentify")],
    ["phi_removal.key_path", { phi_removal: { key_path: "" } }, after("deidentify")],
    ["features.minimum_mutated_patients", { features: { minimum_mutated_patients: 5 } }, after("features")],
    [
      "training.largest_rank",
      { training: { architecture: "factor-copula", folds: 2, largest_rank: 2 } },
      ["train", "generate", "validate", "report", "seal"],
    ],
    ["generation.seed", { generation: { seed: 2 } }, ["generate"]],
    [
      "generation.smallest_cell",
      { generation: { smallest_cell: 6 } },
      ["train", "generate", "validate", "report", "seal"],
    ],
    ["validation.seed", { validation: { seed: 2 } }, ["validate", "report", "seal"]],
    ["storage.directory", { storage: { directory: "elsewhere" } }, []],
    ["service.port", { service: { port: 1 } }, []],
  ];
  // Each takes five seconds; those left out begin at steps between the others.
  const tried = isExhaustive
    ? changes
    : changes.filter(([key]) => !/^(?:phi_removal\.release|features|validation)/.test(key));
  it.each(tried)("repeats exactly what depends on %s", async (_, parts, expected) => {
    const directory = copyOfFinished();
    if (parts?.["phi_removal"]?.["key_path"] === "") {
      const keyPath = join(directory, "..", "pseudonym.key");
      writeFileSync(keyPath, "ab".repeat(32), { mode: 0o600 });
      parts = { phi_removal: { key_path: keyPath } };
    }
    const { ran, kept } = await observeRun({ configuration: smallConfiguration(parts), directory });
    expect(ran).toEqual(expected);
    expect(kept).toEqual(stepNames.filter((step) => !expected.includes(step)));
    const again = await observeRun({ configuration: smallConfiguration(parts), directory });
    expect(again.ran).toEqual([]);
  });

  it("repeats everything for another version of the program", async () => {
    const directory = copyOfFinished();
    const { ran, manifest } = await observeRun({
      configuration: smallConfiguration(),
      directory,
      osteonVersion: "0.1.1",
    });
    expect(ran).toEqual([...stepNames]);
    expect(manifest.osteonVersion).toBe("0.1.1");
    expect(manifest.runId).toBe(manifestOf(finished).runId);
  });

  it.each([
    ["load", runLayout.sourceCohort],
    ["deidentify", runLayout.deidentificationRecord],
    ["check", runLayout.quality],
    ["features", runLayout.features],
    ["train", runLayout.trainedModel],
    ["generate", `${runLayout.synthetic}/unconditional/clinical.csv`],
    ["validate", runLayout.validationTable],
    ["seal", runLayout.package],
  ] as const)("redoes %s alone where %s was deleted or altered, to the same model", async (step, file) => {
    const directory = copyOfFinished();
    const path = join(directory, file);
    rmSync(path);
    expect((await observeRun({ configuration: smallConfiguration(), directory })).ran).toEqual([step]);
    const bytes = readFileSync(path);
    bytes[bytes.length - 2]! ^= 1;
    writeFileSync(path, bytes);
    const { ran, manifest } = await observeRun({ configuration: smallConfiguration(), directory });
    expect(ran).toEqual([step]);
    expect(manifest.steps.seal?.detail["modelVersion"]).toBe(manifestOf(finished).steps.seal?.detail["modelVersion"]);
  });

  it("no longer counts the results that do not follow from what was changed", async () => {
    const directory = copyOfFinished();
    const configuration = smallConfiguration({ features: { minimum_mutated_patients: 5 } });
    const { manifest } = await observeRun({ configuration, directory, steps: ["features"] });
    expect(Object.keys(manifest.steps)).toEqual(["load", "deidentify", "check", "features"]);
    const attempt = runPipeline({ configuration, directory, steps: ["seal"], osteonVersion: "0.1.0" });
    await expect(attempt).rejects.toMatchObject({ code: "pipeline.step-needed", parameters: { needed: "train" } });
  });

  it("takes away the patients of a scenario that is no longer asked for, and nothing else", async () => {
    const directory = copyOfFinished();
    const own = join(directory, runLayout.synthetic, "my-notes");
    mkdirSync(own);
    const configuration = smallConfiguration({ generation: { scenarios: { only: { age: 12 } } } });
    await observeRun({ configuration, directory });
    expect(readdirSync(join(directory, runLayout.synthetic)).sort()).toEqual(["my-notes", "only", "unconditional"]);
  });
});

describe("a run in two directories", () => {
  it("with the same cohort, options, seeds and pseudonym key gives the same model and patients", async () => {
    const directory = join(temporaryFolder(), "run");
    const { manifest } = await observeRun({ configuration: smallConfiguration(), directory });
    const first = manifestOf(finished);
    expect(manifest.steps.seal?.detail["modelVersion"]).toBe(first.steps.seal?.detail["modelVersion"]);
    expect(manifest.runId).not.toBe(first.runId);
    expect(manifest.sealedFor).not.toBe(first.sealedFor);
    for (const name of ["clinical", "mutations", "copy_number", "expression", "pathways"]) {
      const file = join(runLayout.synthetic, "typical_patient", `${name}.csv`);
      expect(readFileSync(join(directory, file), "utf8")).toBe(readFileSync(join(finished, file), "utf8"));
    }
  });
});

describe("steps one at a time", () => {
  it("come to what all at once come to", async () => {
    const directory = join(temporaryFolder(), "run");
    const configuration = smallConfiguration();
    for (const [index, step] of stepNames.entries()) {
      const { ran, manifest } = await observeRun({ configuration, directory, steps: [step] });
      expect(ran).toEqual([step]);
      expect(Object.keys(manifest.steps)).toEqual(stepNames.slice(0, index + 1));
    }
    const { kept, manifest } = await observeRun({ configuration, directory });
    expect(kept).toEqual([...stepNames]);
    expect(manifest.steps.seal?.detail["modelVersion"]).toBe(manifestOf(finished).steps.seal?.detail["modelVersion"]);
  });

  it.each(stepNames.slice(1))("%s without what it needs is refused, by name", async (step) => {
    const directory = join(temporaryFolder(), "run");
    const attempt = runPipeline({
      configuration: smallConfiguration(),
      directory,
      steps: [step],
      osteonVersion: "0.1.0",
    });
    await expect(attempt).rejects.toMatchObject({ code: "pipeline.step-needed", parameters: { step } });
    await expect(attempt).rejects.toThrow(/Run \w+ first, or leave out --steps/);
  });

  it.each([
    ["check", runLayout.deidentifiedCohort, "deidentify"],
    ["train", runLayout.features, "features"],
    ["seal", runLayout.validation, "validate"],
  ] as const)("%s refuses %s that somebody altered", async (step, file, writer) => {
    const directory = copyOfFinished();
    const path = join(directory, file);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(path, bytes);
    const attempt = runPipeline({
      configuration: smallConfiguration(),
      directory,
      steps: [step],
      osteonVersion: "0.1.0",
    });
    await expect(attempt).rejects.toMatchObject({
      code: "pipeline.altered-result",
      parameters: { file, step: writer },
    });
  });
});

describe("a run that is interrupted", () => {
  it.each(isExhaustive ? stepNames : (["check", "train", "validate"] as const))(
    "in %s goes on there, to the same model",
    async (at) => {
      const directory = join(temporaryFolder(), "run");
      const configuration = smallConfiguration();
      const controller = new AbortController();
      const attempt = runPipeline({
        configuration,
        directory,
        osteonVersion: "0.1.0",
        signal: controller.signal,
        // From within the step before, too late for it to notice, or at the step's own beginning.
        observer: { onStepStarted: (step) => void (step === at && controller.abort()) },
      });
      const stopped = await attempt.then(
        () => null,
        (error: unknown) => error as Error,
      );
      const before = manifestOf(directory);
      const statuses = Object.values(before.steps).map(({ status }) => status);
      // A step of one go may be done before it hears; then it is whole, and the next does not begin.
      expect(stopped === null ? at : stopped.name).toBe(stopped === null ? "seal" : "AbortError");
      expect(["done", "interrupted"]).toContain(statuses.at(-1));
      expect(statuses.slice(0, -1).every((status) => status === "done")).toBe(true);
      expect(existsSync(join(directory, "osteon.lock"))).toBe(false);
      const { kept, manifest } = await observeRun({ configuration, directory });
      expect(kept).toEqual(stepNames.filter((_, index) => statuses[index] === "done"));
      expect(manifest.steps.seal?.detail["modelVersion"]).toBe(manifestOf(finished).steps.seal?.detail["modelVersion"]);
    },
  );

  it("and killed leaves pieces, which the next run takes away", async () => {
    const directory = copyOfFinished();
    const pieces = [
      ".manifest.json.0123456789ab.partial",
      "model/.trained.osteon.0123456789ab.partial",
      "synthetic/.unconditional.partial-01234567-89ab-4cde-8f01-23456789abcd/clinical.csv",
      "synthetic/.unconditional.old-01234567-89ab-4cde-8f01-23456789abcd/clinical.csv",
    ];
    for (const piece of pieces) {
      mkdirSync(join(directory, piece, ".."), { recursive: true });
      writeFileSync(join(directory, piece), "half");
    }
    const foreign = join(directory, ".partial-notes");
    writeFileSync(foreign, "mine");
    await observeRun({ configuration: smallConfiguration(), directory });
    expect(filesOf(directory).filter((file) => file.includes("partial"))).toEqual([".partial-notes"]);
    expect(filesOf(directory).filter((file) => file.includes(".old"))).toEqual([]);
  });

  it("between the two renames of an export has its patients written again", async () => {
    const directory = copyOfFinished();
    const folder = join(directory, runLayout.synthetic);
    renameSync(join(folder, "unconditional"), join(folder, ".unconditional.old-01234567-89ab-4cde-8f01-23456789abcd"));
    expect((await observeRun({ configuration: smallConfiguration(), directory })).ran).toEqual(["generate"]);
  });
});

describe("a run directory", () => {
  it("that another run works in is refused, and is free afterwards", async () => {
    const directory = copyOfFinished();
    const lock = await lockDirectory(directory);
    const attempt = runPipeline({ configuration: smallConfiguration(), directory, osteonVersion: "0.1.0" });
    await expect(attempt).rejects.toMatchObject({ code: "pipeline.locked", parameters: { pid: process.pid } });
    await expect(attempt).rejects.toThrow(/is in use by process \d+ on .*osteon\.lock/);
    await lock.release();
    expect((await observeRun({ configuration: smallConfiguration(), directory })).ran).toEqual([]);
  });

  it("is worked in by one of two that begin together", async () => {
    const directory = join(temporaryFolder(), "run");
    const request = { configuration: smallConfiguration(), directory, osteonVersion: "0.1.0" };
    const outcomes = await Promise.allSettled([runPipeline(request), runPipeline(request)]);
    const codes = outcomes.map((outcome) =>
      outcome.status === "fulfilled" ? "done" : (outcome.reason as { code: string }).code,
    );
    expect(codes.sort()).toEqual(["done", "pipeline.locked"]);
  });

  it("that was begun with another key is refused before anything is touched", async () => {
    const directory = copyOfFinished();
    const keyPath = join(directory, "..", "other.txt");
    await createIdentityFile(keyPath);
    const before = readFileSync(join(directory, runLayout.manifest), "utf8");
    const attempt = runPipeline({
      configuration: smallConfiguration({ encryption: { key_path: keyPath } }),
      directory,
      osteonVersion: "0.1.0",
    });
    await expect(attempt).rejects.toMatchObject({ code: "pipeline.other-key" });
    await expect(attempt).rejects.toThrow(manifestOf(finished).sealedFor);
    expect(readFileSync(join(directory, runLayout.manifest), "utf8")).toBe(before);
  });

  it("whose key was taken away asks for it, and makes no other", async () => {
    const directory = copyOfFinished();
    const away = join(directory, "..", "identity.txt");
    renameSync(join(directory, runLayout.identity), away);
    const attempt = runPipeline({ configuration: smallConfiguration(), directory, osteonVersion: "0.1.0" });
    await expect(attempt).rejects.toMatchObject({ code: "pipeline.key-missing" });
    expect(existsSync(join(directory, runLayout.identity))).toBe(false);
    const configuration = smallConfiguration({ encryption: { key_path: away } });
    expect((await observeRun({ configuration, directory })).ran).toEqual([]);
  });

  it.each([
    ["half a manifest", (text: string) => text.slice(0, 400)],
    ["another program's manifest", () => '{"name": "web app", "icons": []}'],
    ["a later format", (text: string) => text.replace("osteon-run/1", "osteon-run/2")],
  ])("with %s is refused by name", async (_, change) => {
    const directory = copyOfFinished();
    const path = join(directory, runLayout.manifest);
    writeFileSync(path, change(readFileSync(path, "utf8")));
    const attempt = runPipeline({ configuration: smallConfiguration(), directory, osteonVersion: "0.1.0" });
    await expect(attempt).rejects.toMatchObject({ code: "pipeline.manifest", parameters: { file: path } });
  });
});

function filesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}
