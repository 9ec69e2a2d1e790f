import { osteonError } from "@osteon/errors";
import type { Synthesiser } from "@osteon/generator";
import type { OpenedPackage } from "@osteon/registry";
import { loadSynthesiser } from "../load-synthesiser.ts";

/** More than one block of a network's sampler, which draws 16 at a time. */
const provenPatients = 20;

/**
 * Shows that a package works before anything depends on it: loads the model and has it sample.
 *
 * @returns the model, ready to generate
 * @throws what loading and sampling throw, and `pipeline.package-content` for patients that are none
 */
export async function proveModel(opened: OpenedPackage): Promise<Synthesiser> {
  const synthesiser = await loadSynthesiser(opened);
  await proveSynthesiser(synthesiser);
  return synthesiser;
}

/**
 * Has a loaded model sample.
 *
 * @throws what sampling throws, and `pipeline.package-content` for patients that are none
 */
export async function proveSynthesiser(synthesiser: Synthesiser): Promise<void> {
  const { cohort } = await synthesiser.generate({ conditions: {}, seed: 1, firstIndex: 0, count: provenPatients });
  const { survivalTimeDays, ageYears } = cohort.clinical;
  const isWhole =
    cohort.simulated &&
    cohort.patientIds.length === provenPatients &&
    [survivalTimeDays, ageYears].every((values) => values.every((value) => Number.isFinite(value) && value >= 0)) &&
    cohort.expression.values.every((value) => Number.isFinite(value));
  if (!isWhole) throw osteonError("pipeline.package-content", { what: "a model whose patients are not whole" });
}
