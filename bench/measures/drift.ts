import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import type { DriftReport } from "@osteon/contracts";
import { measureDrift } from "@osteon/drift";
import { RandomStream, streamId, wilsonInterval } from "@osteon/numerics";
import type { Statement } from "./statement.ts";

/** What is done to the current patients. */
export interface PlantedShift {
  readonly name: string;
  /** The variable that it is planted in; undefined for none and for many. */
  readonly variable: string | undefined;
  readonly apply: (cohort: Cohort, random: RandomStream) => Cohort;
}

export interface DriftRates {
  readonly shift: string;
  readonly current: number;
  readonly repeats: number;
  /** Repeats with any alarm. */
  readonly alarms: number;
  /** Repeats in which the planted variable itself was found. */
  readonly found: number;
  /** Repeats in which the seed's rule fires for at least one variable, and for the average variable. */
  readonly seedAny: number;
  readonly seedAverage: number;
  /** Repeats that say "no drift". */
  readonly cleared: number;
}

/** The seed system's rule: drift where the population stability index is over this. */
const seedLine = 0.1;
const scale = streamId("bench/drift");

export const noShift: PlantedShift = { name: "none", variable: undefined, apply: (cohort) => cohort };

export const plantedShifts: readonly PlantedShift[] = [
  {
    name: "age + 1 SD",
    variable: "age",
    apply: (cohort) => ({
      ...cohort,
      clinical: { ...cohort.clinical, ageYears: shifted(cohort.clinical.ageYears, 1) },
    }),
  },
  {
    name: "metastatic + 30 points",
    variable: "metastasis",
    apply: (cohort, random) => ({
      ...cohort,
      clinical: {
        ...cohort.clinical,
        // Of those without, a share that makes 30 points of all.
        metastasis: cohort.clinical.metastasis.map((code) => (code === 0 && random.nextUniform() < 0.4 ? 1 : code)),
      },
    }),
  },
  {
    name: "survival halved",
    variable: "survival",
    apply: (cohort) => ({
      ...cohort,
      clinical: { ...cohort.clinical, survivalTimeDays: cohort.clinical.survivalTimeDays.map((days) => days / 2) },
    }),
  },
  {
    name: "a tenth of the genes + 1 SD",
    variable: undefined,
    apply: (cohort) => shiftGenes(cohort, (j) => j % 10 === 0, 1),
  },
  {
    name: "every gene ± 0.4 SD (another laboratory)",
    variable: "expression",
    apply: (cohort) => shiftGenes(cohort, () => true, 0.4),
  },
];

/** How often drift is seen where it is planted and where nothing is, on simulated cohorts of 88 and of `current` patients. */
export function measureDriftRates(
  shift: PlantedShift,
  { current, repeats, permutations, seed }: { current: number; repeats: number; permutations: number; seed: number },
): DriftRates {
  const rates = { alarms: 0, found: 0, seedAny: 0, seedAverage: 0, cleared: 0 };
  for (let repeat = 0; repeat < repeats; repeat++) {
    const { cohort } = simulateDemonstrationCohort({ patients: 88 + current, genes: 150, seed: seed + repeat });
    const rows = [...cohort.patientIds.keys()];
    const drawn = selectPatients(cohort, rows.slice(88));
    const moved = shift.apply(drawn, new RandomStream(seed, scale, repeat));
    const report = measureDrift(selectPatients(cohort, rows.slice(0, 88)), moved, { permutations, genes: 100 });
    const indices = stabilityIndices(report);
    if (report.state === "drift") rates.alarms++;
    if (report.state === "no drift") rates.cleared++;
    if (report.variables.some(({ name, state }) => name === shift.variable && state === "drift")) rates.found++;
    if (indices.some((index) => index > seedLine)) rates.seedAny++;
    if (indices.reduce((sum, index) => sum + index, 0) / indices.length > seedLine) rates.seedAverage++;
  }
  return { shift: shift.name, current, repeats, ...rates };
}

/** Where nothing drifts, alarms may be more than 5 % by chance only. */
export function stateFalseAlarms(rates: DriftRates): Statement {
  const { lower } = wilsonInterval(rates.alarms, rates.repeats, 0.95);
  return {
    claim: `false alarms, ${rates.current} patients against 88`,
    seen: `${rates.alarms} of ${rates.repeats} (seed's rule: ${rates.seedAverage})`,
    allowed: "5 %, within a 95 % interval",
    holds: lower <= 0.05,
  };
}

/** PSI of continuous variables, which the seed's rule was meant for. */
function stabilityIndices({ variables }: DriftReport): number[] {
  return variables.flatMap(({ unit, statistics }) =>
    unit === "SD" ? statistics.filter(({ name }) => name === "PSI").map(({ value }) => value) : [],
  );
}

function shifted(values: Float64Array, deviations: number): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  return values.map((value) => Math.min(90, value + deviations * Math.sqrt(variance)));
}

function shiftGenes(cohort: Cohort, isShifted: (gene: number) => boolean, deviations: number): Cohort {
  const { genes, values } = cohort.expression;
  const moved = Float32Array.from(values);
  genes.forEach((_, j) => {
    if (!isShifted(j)) return;
    const column = Float64Array.from(cohort.patientIds.keys(), (row) => values[row * genes.length + j]!);
    const sign = Math.floor(j / 2) % 2 === 0 ? 1 : -1;
    shifted(column, sign * deviations).forEach((value, row) => (moved[row * genes.length + j] = Math.max(0, value)));
  });
  return { ...cohort, expression: { ...cohort.expression, values: moved } };
}
