import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runLayout, stepNames } from "@osteon/pipeline";
import { beforeEach, describe, expect, it } from "vitest";
import { writeCanaryStudy, type CanaryStudy } from "./support/canary-study.ts";
import { observeRun, smallConfiguration, temporaryFolder } from "./support/small-run.ts";

let folder: string;
let study: CanaryStudy;
beforeEach(() => {
  folder = temporaryFolder();
  study = writeCanaryStudy(folder);
  writeFileSync(join(folder, "pseudonym.key"), "5a".repeat(32), { mode: 0o600 });
});

const configurationOf = (path: string) =>
  smallConfiguration({
    data: { source: "cbioportal", path },
    phi_removal: { key_path: join(folder, "pseudonym.key") },
  });
const request = () => ({
  configuration: configurationOf(study.directory),
  directory: join(folder, "run"),
  osteonVersion: "0.1.0",
});
const listed = () => study.patientIds.slice(0, 40);

describe("a run on a study", () => {
  it("depends on the files that it reads, not on where they are or what lies beside them", async () => {
    const first = await observeRun(request());
    expect(first.ran).toEqual([...stepNames]);
    expect(first.manifest.steps.load?.inputs).toEqual({ study: expect.stringMatching(/^[0-9a-f]{64}$/) });

    mkdirSync(join(study.directory, "osteon-data"));
    writeFileSync(join(study.directory, "osteon-data", "notes.txt"), "mine");
    writeFileSync(join(study.directory, "huge.bam"), "x");
    expect((await observeRun(request())).ran).toEqual([]);

    const moved = writeCanaryStudy(join(folder, "elsewhere"));
    const elsewhere = { ...request(), configuration: configurationOf(moved.directory) };
    expect((await observeRun(elsewhere)).ran).toEqual([]);

    const file = join(study.directory, "data_cna.txt");
    writeFileSync(file, readFileSync(file, "utf8").replace(/\t-2\n/, "\t-1\n"));
    expect((await observeRun(request())).ran).toEqual([...stepNames]);
  });

  it("keeps patients who are not listed from influencing anything", async () => {
    const { manifest } = await observeRun({ ...request(), patientIds: listed() });
    const altered = writeCanaryStudy(join(folder, "altered"), { alteredFrom: 40 });
    const other = await observeRun({
      configuration: configurationOf(altered.directory),
      directory: join(folder, "other"),
      patientIds: listed().toReversed(),
    });
    expect(manifest.steps.load?.detail).toMatchObject({ patients: 40 });
    expect(other.manifest.steps.load?.inputs["study"]).not.toBe(manifest.steps.load?.inputs["study"]);
    // The order in which they are listed is none of the result's either.
    expect(other.manifest.steps.load?.inputs["patients"]).toBe(manifest.steps.load?.inputs["patients"]);
    expect(other.manifest.steps.seal?.detail["modelVersion"]).toBe(manifest.steps.seal?.detail["modelVersion"]);
    for (const file of [runLayout.features, runLayout.quality, runLayout.validation]) {
      expect([file, readFileSync(join(folder, "other", file), "utf8")]).toEqual([
        file,
        readFileSync(join(folder, "run", file), "utf8"),
      ]);
    }
    const all = await observeRun(request());
    expect(all.ran).toEqual([...stepNames]);
    expect(all.manifest.steps.seal?.detail["modelVersion"]).not.toBe(manifest.steps.seal?.detail["modelVersion"]);
  });
});
