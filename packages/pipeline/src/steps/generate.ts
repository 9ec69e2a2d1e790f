import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { generateCohort } from "../generate-cohort.ts";
import { loadSynthesiser } from "../load-synthesiser.ts";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";

const tables = ["clinical.csv", "mutations.csv", "copy_number.csv", "expression.csv", "pathways.csv"];
const provenance = "provenance.json";

/** Generates the configured scenarios and an unconditional cohort, one folder each. */
export const generateStep: Step = {
  options: ({ generation }) => generation,
  run: async ({ artefacts, configuration, osteonVersion, progress, signal }) => {
    const { scenarios, seed, patients_per_scenario, unconditional_patients } = configuration.generation;
    const synthesiser = await loadSynthesiser(await artefacts.readTrained());
    const cohorts = [
      { name: "unconditional", profile: {}, count: unconditional_patients },
      ...Object.entries(scenarios).map(([name, profile]) => ({ name, profile, count: patients_per_scenario })),
    ].filter(({ count }) => count > 0);
    const folder = artefacts.path(runLayout.synthetic);
    await removeEarlierCohorts(
      folder,
      cohorts.map(({ name }) => name),
    );
    for (const { name, profile, count } of cohorts) {
      await generateCohort({
        synthesiser,
        profile,
        count,
        seed,
        directory: join(folder, name),
        osteonVersion,
        replace: true,
        signal,
        progress: (message, share) => progress(`${name}: ${message}`, share),
      });
    }
    return {
      outputs: cohorts.flatMap(({ name }) =>
        [...tables, provenance].map((file) => `${runLayout.synthetic}/${name}/${file}`),
      ),
      detail: {
        cohorts: cohorts.length,
        patients: cohorts.reduce((sum, { count }) => sum + count, 0),
      },
    };
  },
};

/** Patients of an earlier model under a scenario that is no longer asked for would pass for this model's. */
async function removeEarlierCohorts(folder: string, wanted: readonly string[]): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((candidate) => !wanted.includes(candidate))) {
    const isExport = await stat(join(folder, name, provenance)).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isExport) await rm(join(folder, name), { recursive: true });
  }
}
