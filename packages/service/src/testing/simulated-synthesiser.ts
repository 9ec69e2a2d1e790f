import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";
import {
  refuseRareConditions,
  type ConditionFloor,
  type Conditions,
  type SampleRequest,
  type Synthesiser,
  type SyntheticCohort,
} from "@osteon/generator";
import { RandomStream, streamId } from "@osteon/numerics";

/** Sizes of a simulated model; an answer has one value for each name. */
export interface SimulatedSynthesiserOptions {
  readonly mutationGenes?: number;
  readonly copyNumberGenes?: number;
  readonly expressionGenes?: number;
  readonly pathways?: number;
  /** Every how many-th value is unknown; 0 (the default) for none. */
  readonly unknownEvery?: number;
  /** By default there is none, and every profile is allowed. */
  readonly conditionFloor?: ConditionFloor;
}

/**
 * A synthesiser for tests and load: independent values, no fitted model behind them, but addressed by
 * (seed, index) as the real ones are, and honest about conditions.
 */
export function createSimulatedSynthesiser(options: SimulatedSynthesiserOptions = {}): Synthesiser {
  const mutationGenes = names("MUT", options.mutationGenes ?? 4);
  const copyNumberGenes = names("CNA", options.copyNumberGenes ?? 3);
  const expressionGenes = names("GENE", options.expressionGenes ?? 12);
  const pathwayNames = names("HALLMARK_SET", options.pathways ?? 2);
  const conditionFloor = options.conditionFloor ?? null;
  const unknownEvery = options.unknownEvery ?? 0;

  return {
    modelVersion: "simulated-model-for-tests",
    trainedOnSimulatedPatients: true,
    conditionFloor,
    async generate(request: SampleRequest): Promise<SyntheticCohort> {
      refuseRareConditions(conditionFloor, request.conditions);
      const { count, firstIndex, seed } = request;
      const cohort: Cohort = {
        patientIds: Array.from({ length: count }, (_, row) => `SYN-${seed}-${firstIndex + row}`),
        clinical: {
          survivalTimeDays: new Float64Array(count),
          event: new Int8Array(count),
          ageYears: new Float64Array(count),
          metastasis: new Int8Array(count),
          male: new Int8Array(count).fill(UNKNOWN),
          necrosisPercent: new Float64Array(count).fill(Number.NaN),
        },
        mutations: { genes: mutationGenes, values: new Int8Array(count * mutationGenes.length) },
        copyNumber: { genes: copyNumberGenes, values: new Int8Array(count * copyNumberGenes.length) },
        expression: {
          genes: expressionGenes,
          unit: "log2(TPM+1)",
          values: new Float32Array(count * expressionGenes.length),
        },
        simulated: true,
      };
      const pathways = { names: pathwayNames, values: new Float32Array(count * pathwayNames.length) };
      for (let row = 0; row < count; row++) {
        const draw = new RandomStream(seed, streamId("simulated-synthesiser"), firstIndex + row);
        drawClinical(cohort, row, request.conditions, draw);
        fill(cohort.mutations.values, row, mutationGenes.length, () => (draw.nextUniform() < 0.2 ? 1 : 0));
        fill(cohort.copyNumber.values, row, copyNumberGenes.length, () => draw.nextInteger(5) - 2);
        fill(cohort.expression.values, row, expressionGenes.length, () => Math.abs(4 + 2 * draw.nextNormal()));
        fill(pathways.values, row, pathwayNames.length, () => 0.2 * draw.nextNormal());
      }
      if (unknownEvery > 0) {
        forget(cohort.mutations.values, unknownEvery, UNKNOWN);
        forget(cohort.copyNumber.values, unknownEvery, COPY_NUMBER_UNKNOWN);
        forget(cohort.expression.values, unknownEvery, Number.NaN);
        forget(pathways.values, unknownEvery, Number.NaN);
        forget(cohort.clinical.ageYears, unknownEvery, Number.NaN);
        forget(cohort.clinical.metastasis, unknownEvery, UNKNOWN);
      }
      return { cohort, pathways };
    },
  };
}

function drawClinical(cohort: Cohort, row: number, conditions: Conditions, draw: RandomStream): void {
  const { clinical } = cohort;
  const event = conditions.event ?? (draw.nextUniform() < 0.4 ? 1 : 0);
  const remaining = -1500 * Math.log(draw.nextUniform());
  const given = conditions.survivalTimeDays;
  // Alive at a time means that the time under observation goes past it.
  clinical.survivalTimeDays[row] = given === undefined ? remaining : event === 1 ? given : given + remaining;
  clinical.event[row] = event;
  clinical.ageYears[row] = conditions.ageYears ?? 5 + 20 * draw.nextUniform();
  clinical.metastasis[row] = conditions.metastasis ?? (draw.nextUniform() < 0.25 ? 1 : 0);
}

function names(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, j) => `${prefix}${j + 1}`);
}

function fill(values: Int8Array | Float32Array, row: number, width: number, next: () => number): void {
  for (let j = 0; j < width; j++) {
    values[row * width + j] = next();
  }
}

function forget(values: Int8Array | Float32Array | Float64Array, every: number, unknown: number): void {
  for (let i = every - 1; i < values.length; i += every) {
    values[i] = unknown;
  }
}
