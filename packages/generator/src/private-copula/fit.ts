import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { ClinicalVariable } from "../factor-copula/marginals.ts";
import type { FactorCopulaModel } from "../factor-copula/model.ts";
import { fitWithNoise } from "./fit-with-noise.ts";
import { planPrivacy, requireUsefulPlan } from "./privacy-plan.ts";
import { statePrivacy, type PrivacyStatement } from "./privacy-statement.ts";
import { cryptographicBytes, type RandomBytes } from "./random-bytes.ts";

/** Options of {@link fitPrivateFactorCopula}. */
export interface PrivateCopulaOptions {
  readonly epsilon: number;
  /** Below one in the number of patients. */
  readonly delta: number;
  /** Optional clinical variables that are modelled; which, must not depend on the patients. Default none. */
  readonly optionalClinical?: readonly ("male" | "necrosis")[];
  /** As in {@link planPrivacy}. */
  readonly expectedCorrelation?: number;
  /**
   * Fit also where noise exceeds signal: for models that are judged and not released, such as those of a part of
   * the patients. Default false.
   */
  readonly evenIfUseless?: boolean;
  /** Source of the noise; for tests alone anything but the cryptographic default. */
  readonly randomBytes?: RandomBytes;
}

/** A model that is differentially private, and in what sense. */
export interface PrivateCopulaFit {
  readonly model: FactorCopulaModel;
  readonly privacy: PrivacyStatement;
}

/**
 * Fits a factor copula with (ε, δ)-differential privacy for each patient: whatever is made of the model tells
 * almost the same whether or not a patient's whole record was another one's.
 *
 * Protected are all values, also which of them are missing. Taken as public are the number of patients and the
 * names: the genes of each table, the unit, the variables. **Genes that were chosen by looking at these
 * patients (by their variance, or by how many are mutated) break the promise**: name a panel that is known
 * beforehand. Nothing is seeded: a second fit gives another model, and spends ε again.
 *
 * @throws `generator.privacy-useless` where noise would exceed signal, with the patients that it would need;
 *   `generator.no-data` for fewer than two genes; `generator.option`
 */
export function fitPrivateFactorCopula(cohort: Cohort, options: PrivateCopulaOptions): PrivateCopulaFit {
  const { epsilon, delta, expectedCorrelation, optionalClinical = [], randomBytes = cryptographicBytes } = options;
  const { mutations, copyNumber, expression, patientIds } = cohort;
  if (expression.genes.length < 2) {
    throw osteonError("generator.no-data", { what: "two genes with expression", found: expression.genes.length });
  }
  const clinical: ClinicalVariable[] = ["survival", "age", "metastasis"];
  for (const variable of ["male", "necrosis"] as const) {
    if (optionalClinical.includes(variable)) clinical.push(variable);
  }
  const plan = (options.evenIfUseless ? planPrivacy : requireUsefulPlan)({
    patients: patientIds.length,
    variables: clinical.length + mutations.genes.length + copyNumber.genes.length + expression.genes.length,
    epsilon,
    delta,
    ...(expectedCorrelation !== undefined && { expectedCorrelation }),
  });
  return { model: fitWithNoise(cohort, clinical, plan, randomBytes), privacy: statePrivacy(plan) };
}
