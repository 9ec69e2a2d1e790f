import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import type { DriftMonitor, DriftReference, DriftReport } from "@osteon/contracts";
import { checkDrift, createReference, measureDrift, type CheckedDrift } from "@osteon/drift";
import { createPathwayScorer, osteosarcomaGeneSets, type GeneSet } from "@osteon/features";
import { mean, RandomStream, sampleVariance, streamId, wilsonInterval } from "@osteon/numerics";
import type { Statement } from "./statement.ts";

/** A set of which the simulated cohorts have genes enough. */
const shiftedSet = osteosarcomaGeneSets.find(({ name }) => name === "OSTEON_HYPOXIA")!;

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
  /** Repeats with any alarm from what a sealed package keeps. */
  readonly packaged: number;
  /** Repeats in which the seed's rule fires for at least one variable, and for the average variable. */
  readonly seedAny: number;
  readonly seedAverage: number;
  /** Repeats in which Kolmogorov and Smirnov's test of at least one variable has p < 0.05. */
  readonly seedDistance: number;
  /** Repeats that say "no drift". */
  readonly cleared: number;
}

/** The seed system's rule: drift where the population stability index is over this. */
const seedLine = 0.1;
const scale = streamId("bench/drift");
const trainingPatients = 88;

export const noShift: PlantedShift = { name: "none", variable: undefined, apply: (cohort) => cohort };

export const plantedShifts: readonly PlantedShift[] = [
  ...[0.5, 1].map((size) => ({
    name: `age + ${size} SD`,
    variable: "age",
    apply: (cohort: Cohort) => ({
      ...cohort,
      clinical: { ...cohort.clinical, ageYears: shifted(cohort.clinical.ageYears, size) },
    }),
  })),
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
    name: "TP53 mutated twice as often",
    variable: "mutation of TP53",
    apply: (cohort, random) => mutateTwice(cohort, "TP53", random),
  },
  ...[0.5, 1].map((size) => ({
    name: `a pathway + ${size} SD`,
    variable: `score of ${shiftedSet.name}`,
    apply: (cohort: Cohort) => shiftPathway(cohort, shiftedSet, size),
  })),
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

interface RateOptions {
  readonly current: number;
  readonly repeats: number;
  readonly permutations: number;
  readonly seed: number;
}

/** How often drift is seen where it is planted and where nothing is, on simulated cohorts of 88 and of `current` patients. */
export async function measureDriftRates(
  shift: PlantedShift,
  { current, repeats, permutations, seed }: RateOptions,
): Promise<DriftRates> {
  const rates = { alarms: 0, found: 0, packaged: 0, seedAny: 0, seedAverage: 0, seedDistance: 0, cleared: 0 };
  for (let repeat = 0; repeat < repeats; repeat++) {
    const { training, later } = simulatePatients(shift, { later: current, seed: seed + repeat });
    const report = measureDrift(training, later, { permutations, genes: 100, geneSets: osteosarcomaGeneSets });
    const { check } = await checkDrift({ reference: referenceOf(training), patients: later, permutations });
    const indices = stabilityIndices(report);
    if (report.state === "drift") rates.alarms++;
    if (check.state === "drift") rates.packaged++;
    if (report.state === "no drift") rates.cleared++;
    if (report.variables.some(({ name, state }) => name === shift.variable && state === "drift")) rates.found++;
    if (indices.some((index) => index > seedLine)) rates.seedAny++;
    if (indices.reduce((sum, index) => sum + index, 0) / indices.length > seedLine) rates.seedAverage++;
    if (distancePValues(report).some((pValue) => pValue < 0.05)) rates.seedDistance++;
  }
  return { shift: shift.name, current, repeats, ...rates };
}

export interface AlarmRates {
  readonly shift: string;
  readonly perMonth: number;
  readonly months: number;
  readonly repeats: number;
  /** Repeats with an alarm in any month. */
  readonly alarms: number;
  /** Repeats in which comparing all who have come in, month after month at 5 %, ever found a difference. */
  readonly repeatedComparison: number | null;
  /** Months until the alarm, of those repeats in which there was one. */
  readonly delays: readonly number[];
}

/** How often, and after how long, a monitor alarms that looks every month. */
export async function measureAlarms(
  shift: PlantedShift,
  options: { perMonth: number; months: number; repeats: number; seed: number; compares: boolean },
): Promise<AlarmRates> {
  const { perMonth, months, repeats, seed, compares } = options;
  const delays: number[] = [];
  let repeatedComparison = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const { training, later } = simulatePatients(shift, { later: perMonth * months, seed: seed + repeat });
    const reference = referenceOf(training);
    let monitor: DriftMonitor | null = null;
    let isDifferent = false;
    let delay: number | undefined;
    for (let month = 1; month <= months; month++) {
      const seen = selectPatients(
        later,
        Array.from({ length: perMonth * month }, (_, row) => row),
      );
      const patients = compares
        ? seen
        : selectPatients(
            later,
            Array.from({ length: perMonth }, (_, row) => perMonth * (month - 1) + row),
          );
      const checked: CheckedDrift = await checkDrift({
        reference,
        patients,
        monitor,
        permutations: 499,
        tellDetectable: false,
      });
      monitor = checked.monitor ?? null;
      isDifferent ||= checked.check.comparison?.state === "drift";
      if (delay === undefined && checked.check.state === "drift") delay = month;
      if (delay !== undefined && !compares) break;
    }
    if (delay !== undefined) delays.push(delay);
    if (isDifferent) repeatedComparison++;
  }
  return {
    shift: shift.name,
    perMonth,
    months,
    repeats,
    alarms: delays.length,
    repeatedComparison: compares ? repeatedComparison : null,
    delays,
  };
}

function simulatePatients(shift: PlantedShift, { later, seed }: { later: number; seed: number }) {
  const { cohort } = simulateDemonstrationCohort({ patients: trainingPatients + later, genes: 150, seed });
  const rows = [...cohort.patientIds.keys()];
  const drawn = selectPatients(cohort, rows.slice(trainingPatients));
  return {
    training: selectPatients(cohort, rows.slice(0, trainingPatients)),
    later: shift.apply(drawn, new RandomStream(seed, scale)),
  };
}

function referenceOf(training: Cohort): DriftReference {
  return createReference({
    question: "input",
    patients: training,
    everyone: training,
    required: [],
    geneSets: osteosarcomaGeneSets,
    minimumSetGenes: 5,
    fewestInBlock: 5,
    genes: 100,
  });
}

/** Where nothing drifts, alarms may be more than 5 % by chance only. */
export function stateFalseAlarms(rates: DriftRates): Statement[] {
  return (["alarms", "packaged"] as const).map((route) => ({
    claim: `false alarms, ${rates.current} patients against ${route === "alarms" ? "88" : "a package of 88"}`,
    ...withinFivePercent(rates[route], rates.repeats),
  }));
}

/** As {@link stateFalseAlarms}, of any alarm ever. */
export function stateFalseAlarmsEver({ alarms, repeats, months, perMonth }: AlarmRates): Statement {
  return {
    claim: `false alarms ever, ${months} monthly looks at ${perMonth} new patients`,
    ...withinFivePercent(alarms, repeats),
  };
}

function withinFivePercent(alarms: number, repeats: number): Omit<Statement, "claim"> {
  const { lower, upper } = wilsonInterval(alarms, repeats, 0.95);
  const percent = (share: number) => (100 * share).toFixed(1);
  return {
    seen: `${alarms} of ${repeats} (${percent(lower)} to ${percent(upper)} %)`,
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

/** Asymptotic p-values of Kolmogorov and Smirnov's test, as the seed system takes them (Kolmogorov 1933, Stephens 1970). */
function distancePValues({ variables }: DriftReport): number[] {
  return variables.flatMap(({ unit, statistics, reference, current }) =>
    unit === "SD"
      ? statistics
          .filter(({ name }) => name === "KS")
          .map(({ value }) => {
            const root = Math.sqrt((reference * current) / (reference + current));
            const lambda = (root + 0.12 + 0.11 / root) * value;
            let sum = 0;
            for (let k = 1; k <= 100; k++) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
            return Math.min(1, Math.max(0, sum));
          })
      : [],
  );
}

function mutateTwice(cohort: Cohort, gene: string, random: RandomStream): Cohort {
  const { genes, values } = cohort.mutations;
  const place = genes.indexOf(gene);
  const own = cohort.patientIds.map((_, row) => values[row * genes.length + place]!).filter((code) => code >= 0);
  const share = own.filter((code) => code === 1).length / own.length;
  const flipped = values.map((code, k) =>
    k % genes.length === place && code === 0 && random.nextUniform() < share / (1 - share) ? 1 : code,
  );
  return { ...cohort, mutations: { genes, values: flipped } };
}

/** Lifts a set's genes by as much as moves the mean of its score by so many standard deviations. */
function shiftPathway(cohort: Cohort, set: GeneSet, deviations: number): Cohort {
  const { genes, values } = cohort.expression;
  const members = new Set(set.genes);
  const scorer = createPathwayScorer(genes, [set]);
  const lift = (by: number): Cohort => {
    const moved = values.map((value, k) => (members.has(genes[k % genes.length]!) ? value + by : value));
    return { ...cohort, expression: { ...cohort.expression, values: moved } };
  };
  const scores = (of: Cohort) => scorer.scoreTable(of.expression).values.filter((score) => !Number.isNaN(score));
  const before = scores(cohort);
  const target = mean(before) + deviations * Math.sqrt(sampleVariance(before));
  let [low, high] = [0, 5];
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (mean(scores(lift(middle))) < target) low = middle;
    else high = middle;
  }
  return lift(low);
}
