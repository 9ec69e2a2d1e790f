import { simulateDemonstrationCohort, selectPatients, type Cohort } from "@osteon/cohort";
import { RandomStream, streamId } from "@osteon/numerics";
import { takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { resampleRows } from "../references/choose-rows.ts";
import { drawIndependentMarginals } from "../references/draw-independent-marginals.ts";
import type { EvaluatedFamily } from "../splits/evaluate-repeatedly.ts";

/** Generators of known merit that the gate is tested with. */
export type InstrumentName =
  | "fresh real patients"
  | "photocopy"
  | "independent marginals"
  | "constants"
  | "mutations shuffled"
  | "copy number shuffled"
  | "expression shuffled"
  | "clinical shuffled"
  | "jittered photocopy";

/** Patients of the same law, from whom generators that know the truth draw: none of them is in the cohort. */
interface Population {
  readonly others: Cohort;
  readonly seed: number;
}

/** Other simulated patients than the cohort's own: patient i depends on the seed alone. */
export function simulatePopulation(seed: number, patients: number, genes: number): Population {
  return { others: simulateDemonstrationCohort({ patients, genes, seed: seed + 1_000_000 }).cohort, seed };
}

/** A family by its name; every draw is addressed by (seed, purpose, split). */
export function createInstrument(name: InstrumentName, { others, seed }: Population): EvaluatedFamily {
  return {
    family: name,
    generate: (train, split, count) => {
      const random = (purpose: string) => new RandomStream(seed, streamId(`instrument/${name}/${purpose}`), split);
      const rows = random("rows").permutation(others.patientIds.length).slice(0, count);
      const fresh = (): EvaluationCohort => selectPatients(others, rows);
      const copied = (): EvaluationCohort =>
        takePatients(train, resampleRows(train.patientIds.length, count, random("photocopy")));
      const order = () => random("order").permutation(count);
      return asCohort(draw(name, { train, count, fresh, copied, order, random: random("noise") }));
    },
  };
}

interface Draws {
  readonly train: Cohort;
  readonly count: number;
  readonly fresh: () => EvaluationCohort;
  readonly copied: () => EvaluationCohort;
  readonly order: () => Uint32Array;
  readonly random: RandomStream;
}

function draw(name: InstrumentName, { train, count, fresh, copied, order, random }: Draws): EvaluationCohort {
  switch (name) {
    case "fresh real patients":
      return fresh();
    case "photocopy":
      return copied();
    case "independent marginals":
      return drawIndependentMarginals(train, count, random);
    case "constants": {
      const { expression, ...rest } = copied();
      return { ...rest, expression: { ...expression, values: expression.values.map(() => 0.37) } };
    }
    case "mutations shuffled":
      return { ...fresh(), mutations: takePatients(fresh(), order()).mutations };
    case "copy number shuffled":
      return { ...fresh(), copyNumber: takePatients(fresh(), order()).copyNumber };
    case "expression shuffled":
      return { ...fresh(), expression: takePatients(fresh(), order()).expression };
    case "clinical shuffled":
      return { ...fresh(), clinical: takePatients(fresh(), order()).clinical };
    case "jittered photocopy": {
      const { expression, ...rest } = copied();
      const values = expression.values.map((value) => value + 0.1 * random.nextNormal());
      return { ...rest, expression: { ...expression, values } };
    }
  }
}

function asCohort(tables: EvaluationCohort): Cohort {
  return {
    ...tables,
    patientIds: Array.from(tables.clinical.event, (_, i) => `SYN-${i}`),
    simulated: true,
  };
}
