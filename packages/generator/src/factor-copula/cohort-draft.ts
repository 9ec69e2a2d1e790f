import { UNKNOWN, type ClinicalTable, type Cohort } from "@osteon/cohort";
import type { Conditions } from "../conditions.ts";
import type { SampleRequest } from "../model.ts";
import type { FollowUp } from "./clinical-sampler.ts";
import type { Marginals } from "./marginals.ts";
import type { FactorCopulaParameters } from "./parameters.ts";
import { quantileTableValue } from "./quantile-table.ts";
import { codeOfLatent } from "./thresholds.ts";

/** Tables of synthetic patients that fill up, one patient's latents at a time. */
export class CohortDraft {
  /** Patients × genes, in the model's unit: for the expression decoder to write into. */
  readonly expression: Float32Array;
  readonly #parameters: Pick<FactorCopulaParameters, "marginals" | "expression">;
  readonly #request: SampleRequest;
  readonly #clinical: ClinicalTable;
  readonly #mutations: Int8Array;
  readonly #copyNumber: Int8Array;

  constructor(parameters: Pick<FactorCopulaParameters, "marginals" | "expression">, request: SampleRequest) {
    const { marginals, expression } = parameters;
    const { count } = request;
    this.#parameters = parameters;
    this.#request = request;
    this.#clinical = emptyClinicalTable(count);
    this.#mutations = new Int8Array(count * marginals.mutationGenes.length);
    this.#copyNumber = new Int8Array(count * marginals.copyNumberGenes.length);
    this.expression = new Float32Array(count * expression.genes.length);
  }

  /** Writes all but the expression of the patient in row `i` from the latents of the anchors. */
  writeAnchors(i: number, followUp: FollowUp, latents: Float64Array): void {
    const { marginals } = this.#parameters;
    const { clinical, mutationCuts, copyNumberCuts } = marginals;
    this.#clinical.survivalTimeDays[i] = followUp.timeDays;
    this.#clinical.event[i] = followUp.event;
    writeClinical(marginals, latents, this.#clinical, i, this.#request.conditions);
    const mutations = mutationCuts.length;
    for (let j = 0; j < mutations; j++) {
      this.#mutations[i * mutations + j] = codeOfLatent(mutationCuts[j]!, latents[clinical.length + j]!);
    }
    const copyNumbers = copyNumberCuts.length;
    for (let j = 0; j < copyNumbers; j++) {
      const latent = latents[clinical.length + mutations + j]!;
      this.#copyNumber[i * copyNumbers + j] = codeOfLatent(copyNumberCuts[j]!, latent) - 2;
    }
  }

  finish(): Cohort {
    const { seed, firstIndex, count } = this.#request;
    const { marginals, expression } = this.#parameters;
    return {
      patientIds: Array.from({ length: count }, (_, i) => `SYN-${seed}-${firstIndex + i}`),
      clinical: this.#clinical,
      mutations: { genes: marginals.mutationGenes, values: this.#mutations },
      copyNumber: { genes: marginals.copyNumberGenes, values: this.#copyNumber },
      expression: { genes: expression.genes, unit: expression.unit, values: this.expression },
      simulated: true,
    };
  }
}

function emptyClinicalTable(count: number): ClinicalTable {
  return {
    survivalTimeDays: new Float64Array(count),
    event: new Int8Array(count),
    ageYears: new Float64Array(count).fill(NaN),
    metastasis: new Int8Array(count).fill(UNKNOWN),
    male: new Int8Array(count).fill(UNKNOWN),
    necrosisPercent: new Float64Array(count).fill(NaN),
  };
}

/** Ages are given to a hundredth of a year, as the de-identified cohort at its finest. */
const ageStepsPerYear = 100;

function writeClinical(
  marginals: Marginals,
  latents: Float64Array,
  clinical: ClinicalTable,
  i: number,
  conditions: Conditions,
): void {
  marginals.clinical.forEach((variable, k) => {
    const latent = latents[k]!;
    switch (variable) {
      case "survival":
        return;
      case "age": {
        const drawn = quantileTableValue(marginals.ageTable, marginals.grid, latent);
        const rounded = Math.round(Math.min(90, Math.max(0, drawn)) * ageStepsPerYear) / ageStepsPerYear;
        clinical.ageYears[i] = conditions.ageYears ?? rounded;
        return;
      }
      case "metastasis":
        clinical.metastasis[i] = codeOfLatent(marginals.metastasisCuts, latent);
        return;
      case "male":
        clinical.male[i] = codeOfLatent(marginals.maleCuts, latent);
        return;
      case "necrosis": {
        const drawn = quantileTableValue(marginals.necrosisTable, marginals.grid, latent);
        clinical.necrosisPercent[i] = Math.round(Math.min(100, Math.max(0, drawn)));
        return;
      }
    }
  });
}
