import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSynthesiser, packageOfRun, runLayout, runPipeline, type RunManifest } from "@osteon/pipeline";
import { readIdentity, readPackage, type OpenedPackage } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallConfiguration } from "./support/small-run.ts";

interface FinishedRun {
  readonly directory: string;
  readonly manifest: RunManifest;
  readonly opened: OpenedPackage;
}

let folder: string;
/** With the default of 5, and with 1, on the same 60 patients of whom 2 were metastatic and died early. */
let guarded: FinishedRun;
let open: FinishedRun;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-condition-floor-"));
  const finish = async (name: string, generation: Record<string, unknown>): Promise<FinishedRun> => {
    const directory = join(folder, name);
    const configuration = smallConfiguration({
      generation: { unconditional_patients: 10, patients_per_scenario: 3, ...generation },
    });
    const manifest = await runPipeline({ configuration, directory, osteonVersion: "0.1.0" });
    const identity = await readIdentity(join(directory, runLayout.identity));
    return { directory, manifest, opened: await readPackage(packageOfRun(directory), identity) };
  };
  guarded = await finish("guarded", {});
  open = await finish("open", { smallest_cell: 1 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rare = { survivalTimeDays: 300, event: 1, metastasis: 1 } as const;
const draw = { seed: 1, firstIndex: 0, count: 2 };
const provenanceOf = ({ directory }: FinishedRun, cohort: string): unknown =>
  JSON.parse(readFileSync(join(directory, runLayout.synthetic, cohort, "provenance.json"), "utf8"));

describe("a run on patients who cannot carry every scenario", () => {
  it("leaves that scenario out, and says so in its record and beside the others", () => {
    expect(guarded.manifest.steps.generate).toMatchObject({
      status: "done",
      detail: { cohorts: 3, patients: 16, scenariosLeftOut: "metastatic_poor_prognosis" },
    });
    expect(existsSync(join(guarded.directory, runLayout.synthetic, "metastatic_poor_prognosis"))).toBe(false);
    for (const cohort of ["unconditional", "typical_patient", "early_stage_good_prognosis"]) {
      expect(provenanceOf(guarded, cohort)).toMatchObject({
        smallestCell: 5,
        scenariosLeftOut: {
          metastatic_poor_prognosis: expect.stringMatching(/^too few training patients; would be allowed without /),
        },
      });
    }
  });

  it("generates it where generation.smallest_cell is 1, with a warning in run and package", () => {
    const { train, generate } = open.manifest.steps;
    expect(generate?.detail).toEqual({ cohorts: 4, patients: 19 });
    expect(train?.detail["warning"]).toMatch(/smallest_cell is 1/);
    expect(guarded.manifest.steps.train?.detail).not.toHaveProperty("warning");
    expect(open.opened.records["condition_floor"]).toEqual({ warning: train?.detail["warning"] });
    expect(guarded.opened.records).not.toHaveProperty("condition_floor");
    expect(provenanceOf(open, "metastatic_poor_prognosis")).toMatchObject({ smallestCell: 1, scenariosLeftOut: {} });
  });
});

describe("a sealed package", () => {
  it("refuses a rare profile wherever it is opened, and names what to leave out", async () => {
    const synthesiser = await loadSynthesiser(guarded.opened);
    await expect(synthesiser.generate({ ...draw, conditions: rare })).rejects.toMatchObject({
      code: "generator.rare-profile",
    });
    const { cohort } = await synthesiser.generate({ ...draw, conditions: { metastasis: 1 } });
    expect([...cohort.clinical.metastasis]).toEqual([1, 1]);
    await expect((await loadSynthesiser(open.opened)).generate({ ...draw, conditions: rare })).resolves.toBeDefined();
  });

  it("from before there were floors gives patients without conditions alone", async () => {
    const { condition_floor: _, ...documents } = guarded.opened.documents;
    const synthesiser = await loadSynthesiser({ ...guarded.opened, documents });
    expect((await synthesiser.generate({ ...draw, conditions: {} })).cohort.patientIds).toHaveLength(2);
    await expect(synthesiser.generate({ ...draw, conditions: { metastasis: 0 } })).rejects.toMatchObject({
      code: "generator.rare-profile",
    });
  });

  it("with a floor of another form is refused", async () => {
    const documents = { ...guarded.opened.documents, condition_floor: { smallestCell: 5, cells: "1" } };
    await expect(loadSynthesiser({ ...guarded.opened, documents })).rejects.toMatchObject({
      code: "pipeline.package-content",
    });
  });
});
