import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runLayout } from "@osteon/pipeline";
import { describe, expect, it } from "vitest";
import { marks, writeCanaryStudy } from "./support/canary-study.ts";
import { runOsteon } from "./support/osteon-process.ts";
import { needlesOf, searchFolder } from "./support/search-bytes.ts";
import { observeRun, smallConfiguration, temporaryFolder } from "./support/small-run.ts";

const configurationText = `
data: { source: files, mapping: data/mapping.yaml }
cohort: { small_cohort: true }
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 0 }
generation: { unconditional_patients: 30, patients_per_scenario: 5 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 }
storage: { directory: out/ledger }
`;

const mappingText = `# of KANARIENVOGEL
directory: "KANARIENVOGEL's export"
patients: { file: clinical.csv, columns: { METASTATIC_AT_DIAGNOSIS: METASTATIC_AT_DIAGNOSIS } }
samples: { file: samples.csv }
mutations: { file: calls.maf }
copy_number: { file: cna.csv }
expression: { file: expression.csv }
`;

/** The study of canaries as a hospital would export it, below a folder. */
function writeExport(folder: string): void {
  const study = writeCanaryStudy(folder);
  const target = join(folder, "data", "KANARIENVOGEL's export");
  mkdirSync(target, { recursive: true });
  const text = (name: string) => readFileSync(join(study.directory, name), "utf8");
  const quoted = (cell: string) => (cell.includes(",") ? `"${cell}"` : cell);
  const csv = (name: string) =>
    text(name)
      .replaceAll(/[^\t\n]+/g, quoted)
      .replaceAll("\t", ",");
  writeFileSync(join(target, "clinical.csv"), csv("data_clinical_patient.txt"));
  writeFileSync(join(target, "samples.csv"), csv("data_clinical_sample.txt"));
  writeFileSync(join(target, "calls.maf"), text("data_mutations.txt"));
  writeFileSync(join(target, "cna.csv"), csv("data_cna.txt"));
  writeFileSync(join(target, "expression.csv"), csv("data_KANARIENVOGEL.txt"));
  rmSync(study.directory, { recursive: true });
  writeFileSync(join(folder, "data", "mapping.yaml"), mappingText);
  writeFileSync(join(folder, "osteon.yaml"), configurationText);
}

describe("osteon run on files with a mapping", () => {
  it("does the whole job, says what it found out, and lets no identifier out", async () => {
    const folder = temporaryFolder();
    writeExport(folder);
    const run = await runOsteon(["run", "-c", "osteon.yaml", "-r", "out/run"], { cwd: folder });
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining("✔ seal")]);
    const { notes } = JSON.parse(readFileSync(join(folder, "out/run", runLayout.deidentificationRecord), "utf8")) as {
      notes: string[];
    };
    expect(notes.join("\n")).toMatch(
      /Expression: read separated by a comma; genes in rows, .*; in log2\(TPM\+1\), since/,
    );
    const needles = new Map(Object.entries(marks).flatMap(([name, mark]) => needlesOf(name, mark)));
    expect(searchFolder(join(folder, "out"), needles, (path) => path.includes("/keys/"))).toEqual([]);
    expect(`${run.stdout}${run.stderr}`).not.toMatch(new RegExp(Object.values(marks).join("|").replaceAll(".", "\\.")));
  }, 180_000);

  it("depends on the mapping and the files, not on where they are", async () => {
    const folder = temporaryFolder();
    writeExport(folder);
    const keyPath = join(folder, "pseudonym.key");
    writeFileSync(keyPath, "5a".repeat(32), { mode: 0o600 });
    const request = (data = "data") => ({
      directory: join(folder, "run"),
      steps: ["load" as const],
      configuration: smallConfiguration({
        data: { source: "files", mapping: join(folder, data, "mapping.yaml") },
        phi_removal: { key_path: keyPath },
      }),
    });
    const first = await observeRun(request());
    expect(first.ran).toEqual(["load"]);
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    expect(first.manifest.steps.load?.inputs).toEqual({ mapping: digest, files: digest });
    expect((await observeRun(request())).ran).toEqual([]);
    renameSync(join(folder, "data"), join(folder, "moved"));
    expect((await observeRun(request("moved"))).ran).toEqual([]);

    const mapping = join(folder, "moved", "mapping.yaml");
    const original = readFileSync(mapping, "utf8");
    writeFileSync(mapping, original.replace("expression.csv", 'expression.csv, unit: "log2(TPM+1)"'));
    expect((await observeRun(request("moved"))).ran).toEqual(["load"]);
    writeFileSync(mapping, original);
    const file = join(folder, "moved", "KANARIENVOGEL's export", "cna.csv");
    writeFileSync(file, readFileSync(file, "utf8").replace(/,-2\n/, ",-1\n"));
    expect((await observeRun(request("moved"))).ran).toEqual(["load"]);
  });

  it("is refused by the name of what is not there or not understood, before anything is read", async () => {
    const folder = temporaryFolder();
    writeExport(folder);
    const mapping = join(folder, "data", "mapping.yaml");
    const configuration = smallConfiguration({ data: { source: "files", mapping } });
    const attempt = () => observeRun({ directory: join(folder, "run"), configuration });
    rmSync(join(folder, "data", "KANARIENVOGEL's export", "cna.csv"));
    await expect(attempt()).rejects.toThrow(/^cna\.csv cannot be read \(ENOENT\)/);
    writeFileSync(mapping, mappingText.replace("samples:", "sampels:"));
    await expect(attempt()).rejects.toThrow(/sampels \(line 4, column 1\): no such key; did you mean samples\?/);
    rmSync(mapping);
    await expect(attempt()).rejects.toThrow(/The mapping file .*mapping\.yaml cannot be read \(ENOENT\)/);
  });
});
