import { join } from "node:path";
import { generateCohort } from "../generate-cohort.ts";
import { loadSynthesiser } from "../load-synthesiser.ts";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";

const tables = ["clinical.csv", "mutations.csv", "copy_number.csv", "expression.csv", "pathways.csv"];

/** Generates the configured scenarios and an unconditional cohort, one folder each. */
export const generateStep: Step = {
  options: ({ generation }) => generation,
  run: async ({ artefacts, configuration, osteonVersion, progress, signal }) => {
    const { scenarios, seed, patients_per_scenario, unconditional_patients } = configuration.generation;
    const synthesiser = loadSynthesiser(await artefacts.readTrained());
    const cohorts = [
      { name: "unconditional", profile: {}, count: unconditional_patients },
      ...Object.entries(scenarios).map(([name, profile]) => ({ name, profile, count: patients_per_scenario })),
    ].filter(({ count }) => count > 0);
    for (const { name, profile, count } of cohorts) {
      await generateCohort({
        synthesiser,
        profile,
        count,
        seed,
        directory: artefacts.path(join(runLayout.synthetic, name)),
        osteonVersion,
        replace: true,
        signal,
        progress: (message, share) => progress(`${name}: ${message}`, share),
      });
    }
    return {
      outputs: cohorts.flatMap(({ name }) =>
        [...tables, "provenance.json"].map((file) => join(runLayout.synthetic, name, file)),
      ),
      detail: {
        cohorts: cohorts.length,
        patients: cohorts.reduce((sum, { count }) => sum + count, 0),
      },
    };
  },
};
