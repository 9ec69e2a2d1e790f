import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { simulateDemonstrationCohort } from "@osteon/cohort";
import { describePackage, exportModel, loadSynthesiser, runLayout, worthOfModel } from "@osteon/pipeline";
import { describe, expect, it } from "vitest";
import { failureOf } from "./support/in-process.ts";
import { runFamily } from "./support/run-family.ts";
import { observeRun, smallConfiguration, temporaryFolder } from "./support/small-run.ts";

const data = { source: "demonstration", patients: 150, genes: 60 };
const expression = simulateDemonstrationCohort({ patients: 1, genes: 60, seed: 1 }).cohort.expression.genes.slice(0, 5);
const delta = 1e-6;

/** Eleven variables: at an ε of 10 a hundred patients are enough. */
function writePanel(folder = temporaryFolder()): string {
  const file = join(folder, "panel.gmt");
  writeFileSync(file, `mutations\t\tTP53\ncopy_number\t\tMYC\tRB1\nproliferation\t\t${expression.join("\t")}\n`);
  return file;
}

const records = ["differential_privacy", "drift_output_reference", "effective_sample_size", "model_card"];

describe("a run with differential privacy", () => {
  it("goes to a sealed model that holds the statement and no exact figure of the patients, and draws patients", async () => {
    const gene_panel = writePanel();
    const { directory, manifest, opened } = await runFamily(
      { architecture: "auto", effective_size_refits: 5, differential_privacy: { epsilon: 10, delta, gene_panel } },
      { data, cohort: { small_cohort: false } },
    );
    const read = (path: string) => readFileSync(join(directory, path), "utf8");
    const { differentialPrivacy, training, options, scores, family } = opened.manifest;
    expect(family).toBe("factor-copula");
    expect(differentialPrivacy).toEqual({ epsilon: 10, delta, rho: expect.closeTo(1.2, 0) as number });
    expect(options["differential_privacy"]).toEqual({ epsilon: 10, delta });

    const statement = opened.records["differential_privacy"];
    expect(statement).toMatchObject({
      epsilon: 10,
      delta,
      adjacency: "replace one patient",
      patients: training.patients,
      variables: 11,
      panel: { mutations: 1, copyNumber: 2, expression: 5 },
      covered: expect.arrayContaining([expect.stringContaining("every number of the model")]) as string[],
      notCovered: expect.arrayContaining([expect.stringContaining("run directory")]) as string[],
    });
    // The same statement wherever somebody looks.
    for (const path of [runLayout.validation, runLayout.reportData]) {
      expect(JSON.parse(read(path))).toMatchObject({ differentialPrivacy: statement });
    }
    expect(read(runLayout.modelCard)).toContain("ε 10.00 at δ 0.000001");
    expect(read(runLayout.report)).toContain("Differential privacy");
    expect(manifest.steps.train?.detail).toMatchObject({ epsilon: 10, delta });

    // What a package of other models tells of the patients exactly.
    expect(Object.keys(opened.records).toSorted()).toEqual(records);
    expect(scores).toEqual({});
    const described = describePackage(opened);
    expect(described.description).toMatchObject({ evaluation: null, differential_privacy: differentialPrivacy });
    expect(described.card!.markdown).toBe(read(runLayout.modelCard));
    const told = JSON.stringify([{ ...opened, tensors: {} }, described]);
    const { cohortSha256 } = JSON.parse(read(runLayout.deidentificationRecord)) as { cohortSha256: string };
    for (const exact of [cohortSha256, ...exactFiguresOf(read(runLayout.validation))])
      expect(told).not.toContain(exact);
    expect(told).not.toContain(gene_panel);
    expect(read(runLayout.manifest)).not.toContain(gene_panel);

    const worth = worthOfModel(opened).effectiveSampleSize!;
    expect(worth.trainingPatients).toBe(training.patients);
    const synthesiser = await loadSynthesiser(opened);
    expect(synthesiser.conditionFloor?.smallestCell).toBe(5);
    const { cohort } = await synthesiser.generate({ conditions: { metastasis: 0 }, seed: 1, firstIndex: 0, count: 30 });
    expect(cohort.expression.genes).toEqual(expression.toSorted());
    expect(cohort.expression.values.every(Number.isFinite)).toBe(true);
    expect((await exportModel(opened, { int8: false })).graph.length).toBeGreaterThan(1000);
  });

  it("is refused where it would be noise, with the patients it would need, and leaves no model behind", async () => {
    const directory = temporaryFolder();
    const configuration = smallConfiguration({ data, training: { differential_privacy: { epsilon: 1, delta } } });
    const attempt = observeRun({ configuration, directory, osteonVersion: "0.1.0" });
    await expect(attempt).rejects.toMatchObject({
      code: "generator.privacy-useless",
      message: expect.stringMatching(
        /with 1\d\d patients and \d+ variables .* \d{4} patients would be needed/,
      ) as string,
    });
    for (const path of [runLayout.trainedModel, runLayout.fit, runLayout.synthetic, runLayout.package]) {
      expect([path, existsSync(join(directory, path))]).toEqual([path, false]);
    }
    expect(readdirSync(directory).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it.each([
    ["epsilon: 1000, delta: 1e-6", /differential_privacy\.epsilon .*a number of 0\.001 to 100/],
    ["epsilon: 0, delta: 1e-6", /differential_privacy\.epsilon .*a number of 0\.001 to 100/],
    ["epsilon: 1, delta: 0.5", /differential_privacy\.delta .*0\.01/],
    ["epsilon: 1", /differential_privacy\.delta .*must be a number/],
    ["epsilon: 1, delta: 1e-6, panel: x", /differential_privacy\.panel .*no such key; did you mean|there are/],
  ])("takes no other options: %s", async (options, message) => {
    expect(await failureOfConfiguration(`training: { differential_privacy: { ${options} } }`)).toMatchObject({
      code: 2,
      message: expect.stringMatching(message) as string,
    });
  });

  it.each(["cvae", "diffusion"])("is refused for %s, and beside pre-training", async (architecture) => {
    const privacy = "differential_privacy: { epsilon: 1, delta: 1.0e-6 }";
    expect(await failureOfConfiguration(`training: { architecture: ${architecture}, ${privacy} }`)).toMatchObject({
      code: 2,
      message: expect.stringMatching(/training\.architecture \(line 1, .*must be factor-copula or auto/) as string,
    });
    expect(await failureOfConfiguration(`training: { pretrain: other, ${privacy} }`)).toMatchObject({
      message: expect.stringMatching(/training\.pretrain .*must be left out/) as string,
    });
  });

  it("names the panel where it cannot be used", async () => {
    const run = (gene_panel: string) =>
      observeRun({
        configuration: smallConfiguration({
          data,
          training: { differential_privacy: { epsilon: 10, delta, gene_panel } },
        }),
        directory: temporaryFolder(),
        osteonVersion: "0.1.0",
      });
    await expect(run("/nowhere/panel.gmt")).rejects.toMatchObject({
      code: "pipeline.gene-sets",
      message: expect.stringContaining("training.differential_privacy.gene_panel") as string,
    });
    const file = join(temporaryFolder(), "panel.gmt");
    writeFileSync(file, "mutations\t\tTP53\nother\t\tNOT\tNOR\n");
    await expect(run(file)).rejects.toMatchObject({ code: "features.panel-not-measured" });
  });
});

/** Numbers of an evaluation, but for the statement in it, with so many digits that they are nowhere by chance. */
function exactFiguresOf(text: string): string[] {
  const { differentialPrivacy: _, ...evaluation } = JSON.parse(text) as Record<string, unknown>;
  const figures = [...new Set(JSON.stringify(evaluation).match(/\d\.\d{12,}/g))];
  expect(figures.length).toBeGreaterThan(100);
  return figures;
}

function failureOfConfiguration(text: string) {
  const folder = temporaryFolder();
  const file = join(folder, "osteon.yaml");
  writeFileSync(file, `${text}\n`);
  return failureOf(["run", "--config", file, "--run", join(folder, "run")]);
}
