import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Profile } from "@osteon/contracts";
import { checkConditions, conditionsOfProfile, describeLoosening, type ConditionFloor } from "@osteon/generator";
import { generateCohort } from "../generate-cohort.ts";
import { loadSynthesiser } from "../load-synthesiser.ts";
import { worthOfModel } from "../model-worth.ts";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";

const tables = ["clinical.csv", "mutations.csv", "copy_number.csv", "expression.csv", "pathways.csv"];
const provenance = "provenance.json";

/**
 * Generates the configured scenarios and an unconditional cohort, one folder each. A scenario with too few training
 * patients behind it is left out and noted: the defaults suit most cohorts, not all.
 */
export const generateStep: Step = {
  options: ({ generation }) => generation,
  run: async ({ artefacts, configuration, osteonVersion, progress, signal }) => {
    const { scenarios, seed, patients_per_scenario, unconditional_patients } = configuration.generation;
    const trained = await artefacts.readTrained();
    const synthesiser = await loadSynthesiser(trained);
    const worth = worthOfModel(trained);
    const leftOut = scenariosToLeaveOut(synthesiser.conditionFloor, scenarios);
    const cohorts = [
      { name: "unconditional", profile: {}, count: unconditional_patients },
      ...Object.entries(scenarios).map(([name, profile]) => ({ name, profile, count: patients_per_scenario })),
    ].filter(({ name, count }) => count > 0 && !Object.hasOwn(leftOut, name));
    const folder = artefacts.path(runLayout.synthetic);
    await removeEarlierCohorts(
      folder,
      cohorts.map(({ name }) => name),
    );
    for (const { name, profile, count } of cohorts) {
      await generateCohort({
        synthesiser,
        worth,
        profile,
        count,
        seed,
        directory: join(folder, name),
        osteonVersion,
        notes: { scenariosLeftOut: leftOut },
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
        ...(Object.keys(leftOut).length > 0 && { scenariosLeftOut: Object.keys(leftOut).join(", ") }),
      },
    };
  },
};

/** Scenarios that the model is not asked for, each with why. */
function scenariosToLeaveOut(
  floor: ConditionFloor | null,
  scenarios: Readonly<Record<string, Profile>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(scenarios).flatMap(([name, profile]) => {
      const check = checkConditions(floor, conditionsOfProfile(profile));
      return check.allowed
        ? []
        : [[name, `too few training patients; would be allowed without ${describeLoosening(check.loosen)}`]];
    }),
  );
}

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
