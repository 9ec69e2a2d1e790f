import { simulateDemonstrationCohort } from "@osteon/cohort";
import type { Configuration } from "@osteon/contracts";
import type { Source } from "./source.ts";

type Settings = Extract<Configuration["data"], { source: "demonstration" }>;

/** Simulated patients. */
export function openDemonstrationSource(settings: Settings): Source {
  return {
    settings,
    digest: () => Promise.resolve({}),
    read: ({ progress }) => {
      const { patients, genes, seed } = settings;
      progress(`simulating ${patients} patients`);
      const { cohort } = simulateDemonstrationCohort({ patients, genes, seed });
      const notes = ["The cohort is simulated: it holds no real patient."];
      return Promise.resolve({ cohort, columns: [], findings: [], files: [], refusals: [], notes });
    },
  };
}
