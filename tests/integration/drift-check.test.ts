import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeCohort } from "@osteon/cohort";
import { driftCheckSchema, type DriftCheck } from "@osteon/contracts";
import { runLayout, runPipeline } from "@osteon/pipeline";
import { createIdentityFile, openSealed, readIdentity, readPackage } from "@osteon/registry";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeCanaryStudy } from "./support/canary-study.ts";
import { failureOf, programInProcess } from "./support/in-process.ts";
import { findNeedles, needlesOf, searchFolder } from "./support/search-bytes.ts";
import { smallConfiguration, temporaryFolder } from "./support/small-run.ts";

/** One run for all; each test has a study and a state of its own. */
const made = mkdtempSync(join(tmpdir(), "osteon-drift-"));
const run = join(made, "run");
let folder: string;
let state: string;
const study = () => join(folder, "study of KANARIENVOGEL");
const file = (name: string) => join(run, name);

beforeAll(async () => {
  const { directory } = writeCanaryStudy(made);
  // Always the same pseudonyms, and so the same model: by chance one in some looks other than it is.
  mkdirSync(join(run, "keys"), { recursive: true });
  writeFileSync(join(run, runLayout.pseudonymKey), "5a".repeat(32), { mode: 0o600 });
  const configuration = smallConfiguration({ data: { source: "cbioportal", path: directory } });
  await runPipeline({ configuration, directory: run, osteonVersion: "0.1.0" });
});
afterAll(() => rmSync(made, { recursive: true, force: true }));
beforeEach(() => {
  folder = temporaryFolder();
  state = join(folder, "drift.state");
  writeCanaryStudy(folder);
});

/** The answer, and how the command ended. */
async function check(...words: string[]): Promise<{ check: DriftCheck; code: number; message: string }> {
  const printed: string[] = [];
  const ending = await programInProcess((text) => void printed.push(text))
    .parseAsync(["drift", "check", ...words, "--json"], { from: "user" })
    .then(
      () => ({ code: 0, message: "" }),
      (error: { code?: string; message: string }) => ({
        code: { "drift.watch": 6, "drift.found": 7 }[error.code ?? ""] ?? -1,
        message: error.message,
      }),
    );
  if (printed.length === 0) throw new Error(ending.message);
  return { check: driftCheckSchema.parse(JSON.parse(printed.join("\n"))), ...ending };
}

const needles = async () => {
  const sealed = readFileSync(file(runLayout.deidentifiedCohort));
  const { patientIds } = decodeCohort(
    await openSealed(sealed, [await readIdentity(file(runLayout.identity))]),
    "cohort",
  );
  return new Map([...patientIds, "KNRVGL", "KANARIENVOGEL", ".57721566"].flatMap((id) => needlesOf(id, id)));
};

describe("a new extract against a run", () => {
  it("is compared by its new patients, counted once, and leaves nobody in answer, state or directory", async () => {
    writeCanaryStudy(folder, { patients: 90 });
    const before = readFileSync(file(runLayout.manifest), "utf8");
    const first = await check("--against", run, "--data", study(), "--state", state);
    expect(first.check.patients).toEqual({ read: 90, known: 48, incomplete: 0, compared: 42 });
    expect(first.check.sequential).toMatchObject({ looks: 1, patients: 42, counted: 42 });
    expect(first.code).toBe({ stable: 0, watch: 6, drift: 7 }[first.check.state]);
    const again = await check("--against", run, "--data", study(), "--state", state);
    expect(again.check.sequential).toMatchObject({ looks: 2, patients: 42, counted: 0 });
    expect(again.check.comparison).toEqual(first.check.comparison);

    expect(readFileSync(file(runLayout.manifest), "utf8")).toBe(before);
    const planted = await needles();
    const identity = await readIdentity(file(runLayout.identity));
    const opened = await openSealed(readFileSync(state), [identity]);
    expect(findNeedles(opened, planted)).toEqual([]);
    // The path of the study is the reader's own.
    expect(findNeedles(Buffer.from(JSON.stringify(first)), planted)).toEqual([]);
    expect(searchFolder(run, planted, () => false)).toEqual([]);
    expect(findNeedles(readFileSync(state), planted)).toEqual([]);
  });

  it("of the same patients says that there is nobody new", async () => {
    const { check: found, code } = await check("--against", run, "--data", study());
    expect(found.patients).toMatchObject({ known: 48, compared: 0 });
    expect([code, found.reasons[0]!.code]).toEqual([6, "too-few-patients"]);
  });

  it("goes through the same de-identification as a run: an identifier in a column that is taken stops it", async () => {
    const path = join(study(), "data_clinical_patient.txt");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(/KNRVGL-(\d{4})/g, "731-07-$1"));
    const sample = join(study(), "data_clinical_sample.txt");
    writeFileSync(sample, readFileSync(sample, "utf8").replaceAll(/KNRVGL-(\d{4})(?!-T)/g, "731-07-$1"));
    const failure = await failureOf(["drift", "check", "--against", run, "--data", study(), "--state", state]);
    expect(failure.message).not.toMatch(/731-07-\d/);
    expect([2, 3, 4]).toContain(failure.code);
    expect(existsSync(state)).toBe(false);
  });
});

describe("against a package", () => {
  it("takes all patients for new ones, and says so; with what the package keeps, which holds nobody", async () => {
    writeCanaryStudy(folder, { patients: 90 });
    const key = file(runLayout.identity);
    const { check: found } = await check("--against", file(runLayout.package), "--key", key, "--data", study());
    expect(found.patients).toMatchObject({ read: 90, known: 0, compared: 90 });
    expect(found.notes.join(" ")).toContain("all patients of the extract were taken for new ones");
    const { records } = await readPackage(file(runLayout.package), await readIdentity(key));
    expect(Object.keys(records)).toEqual(expect.arrayContaining(["drift_reference", "drift_output_reference"]));
    expect(findNeedles(Buffer.from(JSON.stringify(records)), await needles())).toEqual([]);
    const withRun = await check("--against", run, "--data", study());
    expect(found.reference.digest).toBe(withRun.check.reference.digest);
  });

  it("with a state asks for a pseudonym key, and with one counts each patient once", async () => {
    const words = ["--against", file(runLayout.package), "--key", file(runLayout.identity), "--state", state];
    expect(await failureOf(["drift", "check", ...words, "--data", study()])).toMatchObject({
      code: 2,
      message: expect.stringContaining("phi_removal.key_path"),
    });
    const configuration = join(folder, "config.yaml");
    writeFileSync(
      configuration,
      `data: { source: cbioportal, path: ${JSON.stringify(study())} }\nphi_removal: { key_path: ${file(runLayout.pseudonymKey)} }\n`,
    );
    await check(...words, "--config", configuration);
    const { check: found } = await check(...words, "--config", configuration);
    expect(found.sequential).toMatchObject({ looks: 2, patients: 48, counted: 0 });
  });
});

describe("a model's output", () => {
  it("is what it was when the model was sealed", async () => {
    const { check: found, code } = await check("--against", run, "--output", "--seed", "5", "--count", "400");
    expect(found).toMatchObject({ question: "output", state: "stable", patients: { compared: 400 } });
    expect(code).toBe(0);
    expect(found.comparison!.variables.map(({ name }) => name)).toContain("survival time");
  });

  it("that was altered is found in a folder of generated patients, and other folders are refused", async () => {
    const served = join(folder, "served");
    cpSync(file("synthetic/unconditional"), served, { recursive: true });
    const path = join(served, "clinical.csv");
    const [header, ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
    const age = header!.split(",").indexOf("age_years");
    const older = rows.map((row) =>
      row
        .split(",")
        .with(age, String(40 + Number(row.split(",")[age])))
        .join(","),
    );
    writeFileSync(path, `${[header, ...older].join("\n")}\n`);
    const found = await check("--against", run, "--output", "--served", served);
    expect([found.code, found.check.state]).toEqual([7, "drift"]);
    expect(found.message).toMatch(/differ in age.*Stop serving this model/s);
    const scenario = file("synthetic/typical_patient");
    if (existsSync(scenario)) {
      const refused = await failureOf(["drift", "check", "--against", run, "--output", "--served", scenario]);
      expect(refused.message).toContain("its patients were asked for by survival_time, event_occurred");
    }
  });
});

describe("what is refused", () => {
  it("a state of another question, another key, or another kind; simulated patients; contradictory options", async () => {
    writeCanaryStudy(folder, { patients: 60 });
    await check("--against", run, "--data", study(), "--state", state);
    const code = async (...words: string[]) =>
      (await failureOf(["drift", "check", "--against", run, ...words])).message;
    expect(await code("--output", "--state", state)).toContain("counts patients over another reference");
    const stranger = join(folder, "stranger.txt");
    await createIdentityFile(stranger);
    expect(await code("--data", study(), "--key", stranger)).toContain("sealed with the key");
    writeFileSync(state, "no state");
    expect(await code("--data", study(), "--state", state)).toMatch(/is (not|no) /);
    expect(await code()).toContain("--config");
    expect(await code("--output", "--data", study())).toContain("--data");
    expect(await code("--data", study(), "--served", folder)).toContain("--served");
    expect(await code("--output", "--count", "4")).toContain("--count");
    const simulated = join(folder, "simulated.yaml");
    writeFileSync(simulated, "data: { source: demonstration }\n");
    expect(await code("--config", simulated)).toContain("the patients given are simulated");
    const otherKey = join(folder, "other.yaml");
    writeFileSync(join(folder, "pseudonym.key"), `${"ab".repeat(32)}\n`, { mode: 0o600 });
    writeFileSync(
      otherKey,
      `data: { source: cbioportal, path: ${JSON.stringify(study())} }\nphi_removal: { key_path: pseudonym.key }\n`,
    );
    expect(await code("--config", otherKey)).toContain("would be taken for new ones");
    mkdirSync(join(folder, "empty"));
    expect((await failureOf(["drift", "check", "--against", join(folder, "empty"), "--data", study()])).code).toBe(2);
    const copy = join(folder, "copy");
    cpSync(run, copy, { recursive: true });
    rmSync(join(copy, runLayout.identity));
    const keyless = await failureOf(["drift", "check", "--against", copy, "--data", study()]);
    expect(keyless.message).toContain("is not there");
  });
});
