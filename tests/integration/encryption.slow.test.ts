import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeCohort } from "@osteon/cohort";
import { runLayout, runPipeline } from "@osteon/pipeline";
import { createIdentityFile, openSealed, readIdentity } from "@osteon/registry";
import { beforeEach, describe, expect, it } from "vitest";
import { writeCanaryStudy } from "./support/canary-study.ts";
import { failureOf } from "./support/in-process.ts";
import { findNeedles, needlesOf, searchFolder } from "./support/search-bytes.ts";
import { observeRun, smallConfiguration, temporaryFolder } from "./support/small-run.ts";

const plain = { encryption: { enabled: false, i_accept_patient_data_in_plain_files: true } };
const throughFeatures = ["load", "deidentify", "check", "features"] as const;

let folder: string;
let run: string;
let study: string;
beforeEach(() => {
  folder = temporaryFolder();
  run = join(folder, "run");
  study = writeCanaryStudy(folder).directory;
});

const requestOf = (parts: object = {}) => ({
  configuration: smallConfiguration({ data: { source: "cbioportal", path: study }, ...parts }),
  directory: run,
  osteonVersion: "0.1.0",
});

/** The pseudonyms of a run, which its own key opens. */
async function pseudonymsOf(directory: string, identityFile: string): Promise<readonly string[]> {
  const sealed = readFileSync(join(directory, runLayout.deidentifiedCohort));
  return decodeCohort(await openSealed(sealed, [await readIdentity(identityFile)]), "cohort").patientIds;
}

describe("a copied data directory", () => {
  it("without its keys holds no patient: no id, no pseudonym, no value, in any byte of any file", async () => {
    const key = join(folder, "away", "identity.txt");
    mkdirSync(join(folder, "away"));
    await createIdentityFile(key);
    await runPipeline(requestOf({ encryption: { key_path: key } }));
    const copy = join(folder, "copy");
    cpSync(run, copy, { recursive: true });
    rmSync(join(copy, "keys"), { recursive: true });

    const pseudonyms = await pseudonymsOf(copy, key);
    expect(pseudonyms).toHaveLength(48);
    const needles = new Map([...pseudonyms, "KNRVGL", "KANARIENVOGEL", ".57721566"].flatMap((id) => needlesOf(id, id)));
    expect(findNeedles(Buffer.from(`x${pseudonyms[7]}x`), needles)).toEqual([`${pseudonyms[7]}, plain`]);
    expect(searchFolder(copy, needles, () => false)).toEqual([]);

    const stranger = await createIdentityFile(join(folder, "stranger.txt"));
    for (const file of [runLayout.sourceCohort, runLayout.sourceAccount, runLayout.deidentifiedCohort]) {
      const opening = openSealed(readFileSync(join(copy, file)), [stranger]);
      await expect(opening).rejects.toMatchObject({ code: "registry.wrong-key" });
    }
  });

  it("has files and temporary files for the owner alone", async () => {
    await runPipeline({ ...requestOf(), steps: throughFeatures });
    const files = readdirSync(run, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(7);
    const wide = files.filter((entry) => (statSync(join(entry.parentPath, entry.name)).mode & 0o077) !== 0);
    expect(wide.map(({ name }) => name)).toEqual([]);
  });
});

describe("encryption.enabled: false", () => {
  it("writes the intermediates in plain, and manifest, report and cards say so", async () => {
    const manifest = await runPipeline(requestOf(plain));
    expect(manifest.patientDataInPlain).toBe(true);
    const cohort = new Uint8Array(readFileSync(join(run, "cohort/deidentified.plain")));
    expect(decodeCohort(cohort, "cohort").patientIds).toHaveLength(48);
    expect(existsSync(join(run, runLayout.deidentifiedCohort))).toBe(false);
    for (const file of [runLayout.report, runLayout.reportData, runLayout.modelCard, runLayout.dataCard]) {
      expect([file, readFileSync(join(run, file), "utf8").includes("in plain in its directory")]).toEqual([file, true]);
    }
    // The model is sealed all the same.
    expect(readFileSync(join(run, runLayout.package)).subarray(1, 7).toString()).toBe("OSTEON");
  });

  it("is undone by the next sealed run, which leaves nothing in plain", async () => {
    await runPipeline({ ...requestOf(plain), steps: ["load", "deidentify"] });
    const { kept, ran } = await observeRun({ ...requestOf(plain), steps: throughFeatures });
    expect([kept, ran]).toEqual([
      ["load", "deidentify"],
      ["check", "features"],
    ]);
    const sealed = await observeRun({ ...requestOf(), steps: throughFeatures });
    expect(sealed.ran).toEqual(throughFeatures);
    expect(sealed.manifest.patientDataInPlain).toBeUndefined();
    expect(readdirSync(join(run, "cohort")).filter((name) => !name.endsWith(".sealed"))).toEqual([]);
    expect(readFileSync(join(run, runLayout.deidentificationRecord), "utf8")).not.toContain("in plain");
  });

  it.each([
    ["{ enabled: false }", 2, /i_accept_patient_data_in_plain_files.*must be true/],
    ["{ i_accept_patient_data_in_plain_files: true }", 2, /must be false where encryption is enabled/],
  ])("is refused as %s", async (group, code, message) => {
    writeFileSync(join(folder, "c.yaml"), `encryption: ${group}\n`);
    const failure = await failureOf(["run", "-c", join(folder, "c.yaml"), "-r", run]);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
  });

  it.each(["OSTEON_ENV", "NODE_ENV"])("is refused in production, as %s tells it", async (variable) => {
    const text = "encryption: { enabled: false, i_accept_patient_data_in_plain_files: true }\n";
    writeFileSync(join(folder, "c.yaml"), text);
    const failure = await failureOf(["run", "-c", join(folder, "c.yaml"), "-r", run], { [variable]: "production" });
    expect([failure.code, failure.message]).toEqual([4, expect.stringContaining(`${variable} says`)]);
    expect(existsSync(run)).toBe(false);
  });
});
