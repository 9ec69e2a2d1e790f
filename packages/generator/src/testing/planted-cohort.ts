import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort, type ExpressionUnit } from "@osteon/cohort";
import { normalCdf, RandomStream } from "@osteon/numerics";

export interface PlantedOptions {
  readonly patients: number;
  readonly genes?: number;
  readonly seed?: number;
  readonly unit?: ExpressionUnit;
  /** Share of every optional value that is unknown; 0 by default. */
  readonly missing?: number;
}

/** Correlation of two genes that follow the same factor. */
export const plantedGeneCorrelation = 0.64;

/**
 * A cohort for tests with a known structure. Gene j follows factor j mod 3 with weight 0.8; factor 0 follows
 * metastasis with weight 0.6; gene 0 has zeros in a fifth of the patients; the copy number of `G1` adds to its
 * expression; metastasis shortens survival; `M0` is mutated in a quarter of the patients, `M1` in one in twenty.
 */
export function plantCohort({
  patients,
  genes = 30,
  seed = 1,
  unit = "log2(TPM+1)",
  missing = 0,
}: PlantedOptions): Cohort {
  const clinical = {
    survivalTimeDays: new Float64Array(patients),
    event: new Int8Array(patients),
    ageYears: new Float64Array(patients),
    metastasis: new Int8Array(patients),
    male: new Int8Array(patients),
    necrosisPercent: new Float64Array(patients),
  };
  const mutations = new Int8Array(patients * 2);
  const copyNumber = new Int8Array(patients * 2);
  const values = new Float32Array(patients * genes);
  for (let i = 0; i < patients; i++) {
    const random = new RandomStream(seed, 77, i);
    const isMissing = () => random.nextUniform() < missing;
    const metastasis = random.nextNormal();
    const factors = [0.6 * metastasis + 0.8 * random.nextNormal(), random.nextNormal(), random.nextNormal()];
    const death = (-Math.log(random.nextUniform()) * 3000) / Math.exp(metastasis > 0.7 ? 1.2 : 0);
    const end = 400 + 4000 * random.nextUniform();
    clinical.survivalTimeDays[i] = Math.max(1, Math.round(Math.min(death, end)));
    clinical.event[i] = death <= end ? 1 : 0;
    clinical.ageYears[i] = Math.round(10 * (15 + 4 * Math.abs(random.nextNormal()))) / 10;
    clinical.metastasis[i] = isMissing() ? UNKNOWN : Number(metastasis > 0.7);
    clinical.male[i] = isMissing() ? UNKNOWN : Number(random.nextUniform() < 0.55);
    clinical.necrosisPercent[i] = isMissing()
      ? NaN
      : Math.round(100 * normalCdf(random.nextNormal() - 0.3 * metastasis));
    const copies = random.nextNormal();
    const sequenced = !isMissing();
    mutations[i * 2] = sequenced ? Number(random.nextUniform() < 0.25) : UNKNOWN;
    mutations[i * 2 + 1] = sequenced ? Number(random.nextUniform() < 0.05) : UNKNOWN;
    const level = [-2, -0.8, 0.7, 1.8].filter((cut) => copies > cut).length - 2;
    copyNumber[i * 2] = isMissing() ? COPY_NUMBER_UNKNOWN : level;
    copyNumber[i * 2 + 1] = isMissing() ? COPY_NUMBER_UNKNOWN : Math.round(random.nextUniform());
    for (let j = 0; j < genes; j++) {
      const own = j === 1 ? 0.7 * copies + 0.2 * random.nextNormal() : random.nextNormal();
      const z = 0.8 * factors[j % 3]! + 0.6 * own;
      const value = unit === "z-score" ? z : Math.max(0, (j === 0 ? 1.2 : 6) + (j === 0 ? 1.43 : 1) * z);
      values[i * genes + j] = isMissing() ? NaN : value;
    }
  }
  return {
    patientIds: Array.from({ length: patients }, (_, i) => `PLANTED-${i}`),
    clinical,
    mutations: { genes: ["M0", "M1"], values: mutations },
    copyNumber: { genes: ["G1", "ELSEWHERE"], values: copyNumber },
    expression: { genes: Array.from({ length: genes }, (_, j) => `G${j}`), unit, values },
    simulated: true,
  };
}

/** The known expression values of one gene. */
export function geneValues({ expression, patientIds }: Cohort, gene: number): Float64Array {
  const width = expression.genes.length;
  return Float64Array.from(patientIds, (_, i) => expression.values[i * width + gene]!).filter((v) => !Number.isNaN(v));
}
