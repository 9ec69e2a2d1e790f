import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runLayout, runPipeline, stepNames } from "@osteon/pipeline";
import { beforeEach, describe, expect, it } from "vitest";
import { writeCanaryStudy, type CanaryStudy } from "./support/canary-study.ts";
import { observeRun, smallConfiguration, temporaryFolder, type ConfigurationParts } from "./support/small-run.ts";

let folder: string;
let study: CanaryStudy;
let keyPath: string;
beforeEach(() => {
  folder = temporaryFolder();
  study = writeCanaryStudy(folder);
  keyPath = join(folder, "pseudonym.key");
  writeFileSync(keyPath, "5a".repeat(32), { mode: 0o600 });
});

const configurationOf = (directory: string, parts: ConfigurationParts = {}) =>
  smallConfiguration({
    ...parts,
    data: { source: "cbioportal", path: directory },
    phi_removal: { key_path: keyPath, ...parts["phi_removal"] },
  });
const request = (parts: ConfigurationParts = {}) => ({
  configuration: configurationOf(study.directory, parts),
  directory: join(folder, "run"),
  osteonVersion: "0.1.0",
});
const readJson = (file: string) =>
  JSON.parse(readFileSync(join(folder, "run", file), "utf8")) as Record<string, unknown>;

describe("a run on a study", () => {
  it("drops the columns that the configuration removes, on top", async () => {
    await observeRun(request({ phi_removal: { fields_to_remove: ["SEX", "PERCENT_NECROSIS"] } }));
    const { dropped } = readJson(runLayout.deidentificationRecord) as { dropped: { column: string; reason: string }[] };
    expect(dropped.filter(({ column }) => ["SEX", "PERCENT_NECROSIS"].includes(column))).toHaveLength(2);
    const header = readFileSync(join(folder, "run", runLayout.synthetic, "unconditional", "clinical.csv"), "utf8");
    expect(header.split("\n")[0]).toBe("patient_id,survival_days,event_occurred,age_years,metastasis");
  });
});

describe("the key of the pseudonyms", () => {
  it("is asked for where the run made one and it was taken away, and no other is made", async () => {
    const { directory, ...rest } = request();
    const configuration = smallConfiguration({ data: { source: "cbioportal", path: study.directory } });
    await observeRun({ ...rest, configuration, directory });
    const away = join(folder, "away");
    renameSync(join(directory, "keys"), away);
    const encryption = { key_path: join(away, "identity.txt") };
    const withIdentity = smallConfiguration({ data: { source: "cbioportal", path: study.directory }, encryption });
    const before = readFileSync(join(directory, runLayout.package));
    const attempt = runPipeline({ ...rest, configuration: withIdentity, directory });
    await expect(attempt).rejects.toMatchObject({ code: "pipeline.pseudonym-key-missing" });
    expect(existsSync(join(directory, runLayout.pseudonymKey))).toBe(false);
    expect(readFileSync(join(directory, runLayout.package))).toEqual(before);

    const withBoth = smallConfiguration({
      data: { source: "cbioportal", path: study.directory },
      encryption,
      phi_removal: { key_path: join(away, "pseudonym.key") },
    });
    expect((await observeRun({ ...rest, configuration: withBoth, directory })).ran).toEqual([]);
  });
});

describe("--patients", () => {
  const listed = () => study.patientIds.slice(0, 40);

  it("counts ids that the study does not have, and does not repeat them", async () => {
    const ids = [...listed(), "NOBODY-1", "NOBODY-2"];
    const attempt = runPipeline({ ...request(), patientIds: ids });
    await expect(attempt).rejects.toMatchObject({ code: "cohort.unknown-patient", parameters: { count: 2 } });
    await expect(attempt).rejects.not.toThrow(/NOBODY|KNRVGL/);
  });

  it("leaves a trace of its list that says nothing to who does not have the key", async () => {
    await observeRun({ ...request(), patientIds: [study.patientIds[0]!], steps: ["load"] });
    const inputs = JSON.stringify(readJson(runLayout.manifest));
    const plain = createHash("sha256").update(study.patientIds[0]!).digest("hex");
    expect(inputs).not.toContain(plain);
  });
});

describe("the quality report", () => {
  it("counts the samples of normal tissue, none of which is used", async () => {
    const file = join(study.directory, "data_clinical_sample.txt");
    const [header, first, ...rest] = readFileSync(file, "utf8").split("\n");
    const normal = first!.replace("-TUMOUR", "-BLOOD").replace("Primary", "Blood derived normal");
    writeFileSync(file, [header, first, normal, ...rest].join("\n"));
    await observeRun({ ...request(), steps: ["load", "deidentify", "check"] });
    const counted = { table: "clinical-sample", reason: "samples of normal tissue", count: 1 };
    expect(readJson(runLayout.quality)).toMatchObject({ patientsComplete: 48, rowsLeftOut: [counted] });
  });
});

describe("the quality gate", () => {
  it("stops fewer than 100 patients, writes its report first, and says what admits them", async () => {
    const attempt = observeRun(request({ cohort: { small_cohort: false } }));
    await expect(attempt).rejects.toMatchObject({ code: "pipeline.quality", definition: { category: "gate" } });
    await expect(attempt).rejects.toThrow(/48 of 48 patients .*small_cohort: true/);
    expect(readJson(runLayout.quality)).toMatchObject({ passed: false, patientsComplete: 48 });
    const { steps } = readJson(runLayout.manifest) as { steps: Record<string, { status: string; errorCode?: string }> };
    expect(steps["check"]).toMatchObject({ status: "failed", errorCode: "pipeline.quality" });
    expect(Object.keys(steps)).toEqual(["load", "deidentify", "check"]);
    expect((await observeRun(request())).kept).toEqual(["load", "deidentify"]);
  });

  it("stops fewer than 30 whatever the configuration says", async () => {
    study = writeCanaryStudy(join(folder, "tiny"), { patients: 25 });
    await expect(observeRun(request())).rejects.toThrow(/under 30 nothing can be estimated/);
  });

  it("stands again before a model that was sealed when it was passed", async () => {
    await observeRun(request());
    await expect(observeRun(request({ cohort: { small_cohort: false } }))).rejects.toMatchObject({
      code: "pipeline.quality",
    });
    const { steps } = readJson(runLayout.manifest) as { steps: object };
    expect(Object.keys(steps)).toEqual(["load", "deidentify", "check"]);
  });
});

describe("an identifier where one would pass", () => {
  it("stops the run with nothing de-identified written", async () => {
    for (const name of ["data_clinical_patient.txt", "data_clinical_sample.txt"]) {
      const file = join(study.directory, name);
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("KNRVGL-0001\t", "731-07-1001\t"));
    }
    const attempt = observeRun(request());
    await expect(attempt).rejects.toMatchObject({ code: "deidentification.identifier-found" });
    await expect(attempt).rejects.not.toThrow(/731-07/);
    expect(existsSync(join(folder, "run", runLayout.deidentifiedCohort))).toBe(false);
  });
});

describe("what cannot be read or written", () => {
  const rejected = async (attempt: Promise<unknown>) =>
    attempt.then(
      () => ({ code: "nothing", message: "" }),
      (error: unknown) => error as { code: string; message: string },
    );

  it("is told as an error of the catalogue that names the path", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const inFile = await rejected(runPipeline({ ...request(), directory: join(file, "run") }));
    expect(inFile).toMatchObject({ code: "system.not-a-directory" });
    expect(inFile.message).toContain(file);
    expect(await rejected(runPipeline({ ...request(), directory: file }))).toMatchObject({
      code: "system.not-a-directory",
    });
    mkdirSync(join(folder, "run"));
    writeFileSync(join(folder, "run", "cohort"), "a file where a folder belongs");
    expect(await rejected(runPipeline(request()))).toMatchObject({ code: "system.not-a-directory" });
    expect(readJson(runLayout.manifest)).toMatchObject({
      steps: { load: { status: "failed", errorCode: "system.not-a-directory" } },
    });
    rmSync(join(folder, "run", "cohort"));
    expect((await observeRun(request())).ran).toEqual([...stepNames]);
  });

  it.skipIf(process.getuid?.() === 0)("is told where the run directory may not be written", async () => {
    mkdirSync(join(folder, "run"), { mode: 0o500 });
    expect(await rejected(runPipeline(request()))).toMatchObject({ code: "system.permission" });
    chmodSync(join(folder, "run"), 0o700);
  });

  it.each([
    ["data.path", { data: { source: "cbioportal", path: "/nowhere/study" } }, "connectors.directory-missing"],
    ["encryption.key_path", { encryption: { key_path: "/nowhere/identity.txt" } }, "registry.unreadable"],
    ["phi_removal.key_path", { phi_removal: { key_path: "/nowhere/key" } }, "pipeline.pseudonym-key"],
    ["cohort.gene_aliases", { cohort: { gene_aliases: "/nowhere/names.tsv" } }, "pipeline.gene-aliases"],
    ["features.gene_sets", { features: { gene_sets: "/nowhere/sets.gmt" } }, "pipeline.gene-sets"],
  ])("is told for %s", async (_, parts, code) => {
    const configuration = smallConfiguration({ ...parts });
    const error = await rejected(runPipeline({ ...request(), configuration }));
    expect(error.code).toBe(code);
    expect(error.message).toContain("/nowhere/");
  });

  it.skipIf(process.platform === "win32")("a key that others may read is refused, with the remedy", async () => {
    chmodSync(keyPath, 0o644);
    const error = await rejected(runPipeline(request()));
    expect([error.code, error.message]).toEqual(["registry.key-permissions", expect.stringContaining("chmod 600")]);
  });

  it.each(["", "nobody's key", "5a".repeat(31), `${"5a".repeat(32)}b`])(
    "a pseudonym key of %j is refused without being repeated",
    async (text) => {
      writeFileSync(keyPath, text, { mode: 0o600 });
      const error = await rejected(runPipeline(request()));
      expect(error.code).toBe("pipeline.pseudonym-key");
      expect(error.message).not.toMatch(/nobody's key|5a5a/);
    },
  );
});
