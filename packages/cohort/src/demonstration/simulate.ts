import { osteonError } from "@osteon/errors";
import { normalCdf, normalQuantile, RandomStream, streamId } from "@osteon/numerics";
import {
  COPY_NUMBER_UNKNOWN,
  UNKNOWN,
  type ClinicalTable,
  type Cohort,
  type CopyNumberTable,
  type ExpressionTable,
  type MutationTable,
} from "../cohort.ts";
import { copyNumberProbabilities, mutationFrequencies } from "./alterations.ts";
import { chooseExpressionGenes, type ExpressionGene } from "./expression-genes.ts";
import { buildLatentModel, drawLatents, type LatentModel } from "./latent-model.ts";
import { latentNodes } from "./structure.ts";
import { drawSurvival, logHazardRatioOf } from "./survival-model.ts";
import { describeTruth, metastasisFrequency, missingFractions, type DemonstrationTruth } from "./truth.ts";

export interface DemonstrationOptions {
  /** Default 120. */
  readonly patients?: number;
  /** 0 … 2^53 − 1; default 1. */
  readonly seed?: number;
  /** Number of expression genes, 0 to 100,000; default 600. */
  readonly genes?: number;
  /** Leaves no value missing; default false. */
  readonly complete?: boolean;
}

/** A simulated cohort and what it was made from. */
export interface DemonstrationCohort {
  readonly cohort: Cohort;
  readonly truth: DemonstrationTruth;
}

/** What the drawing of every table needs. */
interface Draw {
  readonly model: LatentModel;
  readonly latents: Float64Array;
  readonly patients: number;
  readonly seed: number;
  readonly complete: boolean;
}

/**
 * Simulates osteosarcoma patients from a published-frequency, known-effect model: latent standard
 * normals with known correlations become mutations, copy numbers, expression, age and metastasis by
 * thresholds and monotone curves, and survival follows a proportional-hazards model.
 *
 * Patient i is the same however many patients are made, and gene j however many genes. No value comes
 * from a real patient.
 *
 * @throws `cohort.simulation-option`
 */
export function simulateDemonstrationCohort(options: DemonstrationOptions = {}): DemonstrationCohort {
  const patients = wholeNumber("patients", options.patients ?? 120, 1, 1_000_000);
  const seed = wholeNumber("seed", options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER);
  const geneCount = wholeNumber("genes", options.genes ?? 600, 0, 100_000);
  const model = buildLatentModel(latentNodes);
  const latents = drawLatents(model, patients, seed);
  const draw: Draw = { model, latents, patients, seed, complete: options.complete ?? false };
  const genes = chooseExpressionGenes(geneCount, model);
  const cohort: Cohort = {
    patientIds: Array.from({ length: patients }, (_, i) => `DEMO-${String(i + 1).padStart(4, "0")}`),
    clinical: drawClinical(draw),
    mutations: drawMutations(draw),
    copyNumber: drawCopyNumber(draw),
    expression: drawExpression(draw, genes),
    simulated: true,
  };
  return { cohort, truth: describeTruth(model, genes, latents) };
}

function drawClinical(draw: Draw): ClinicalTable {
  const { patients, seed } = draw;
  const table = {
    survivalTimeDays: new Float64Array(patients),
    event: new Int8Array(patients),
    ageYears: new Float64Array(patients),
    metastasis: new Int8Array(patients),
    male: new Int8Array(patients),
    necrosisPercent: new Float64Array(patients),
  };
  const metastatic = normalQuantile(1 - metastasisFrequency);
  // 56 of 100 patients are male (Mirabello 2009).
  const male = normalQuantile(1 - 0.56);
  for (let i = 0; i < patients; i++) {
    const isMetastatic = latentOf(draw, i, "clinical:metastasis") > metastatic;
    const ageYears = ageFromLatent(latentOf(draw, i, "clinical:age"));
    const logHazardRatio = logHazardRatioOf(isMetastatic, ageYears, latentOf(draw, i, "pathway:immuneResponse"));
    const survival = drawSurvival(logHazardRatio, seed, i);
    table.survivalTimeDays[i] = survival.timeDays;
    table.event[i] = survival.event;
    table.ageYears[i] = ageYears;
    table.metastasis[i] = isMissing(draw, "metastasis", i) ? UNKNOWN : Number(isMetastatic);
    table.male[i] = isMissing(draw, "sex", i) ? UNKNOWN : Number(latentOf(draw, i, "clinical:sex") > male);
    table.necrosisPercent[i] = isMissing(draw, "necrosis", i)
      ? NaN
      : necrosisFromLatent(latentOf(draw, i, "clinical:necrosis"));
  }
  return table;
}

/** Most patients are 10 to 20, some under 6, a few over 30; hundredths of years. */
function ageFromLatent(z: number): number {
  return Math.round((z < 0 ? 15 * Math.exp(0.3 * z) : 15 + 4.5 * z) * 100) / 100;
}

/** Whole percents; 38 of 100 patients respond well (90 % or more). */
function necrosisFromLatent(z: number): number {
  return Math.round(100 * normalCdf(0.9 + 1.2 * z));
}

function drawMutations(draw: Draw): MutationTable {
  const genes = Object.keys(mutationFrequencies);
  const values = new Int8Array(draw.patients * genes.length);
  for (let i = 0; i < draw.patients; i++) {
    const unsequenced = isMissing(draw, "mutations", i);
    genes.forEach((gene, j) => {
      const threshold = normalQuantile(1 - mutationFrequencies[gene]!);
      const mutated = latentOf(draw, i, `mutation:${gene}`) > threshold;
      values[i * genes.length + j] = unsequenced ? UNKNOWN : Number(mutated);
    });
  }
  return { genes, values };
}

function drawCopyNumber(draw: Draw): CopyNumberTable {
  const genes = Object.keys(copyNumberProbabilities);
  const thresholds = genes.map((gene) => {
    let sum = 0;
    return copyNumberProbabilities[gene]!.slice(0, 4).map((p) => normalQuantile((sum += p)));
  });
  const values = new Int8Array(draw.patients * genes.length);
  for (let i = 0; i < draw.patients; i++) {
    const unmeasured = isMissing(draw, "copyNumber", i);
    genes.forEach((gene, j) => {
      const z = latentOf(draw, i, `copyNumber:${gene}`);
      const level = thresholds[j]!.filter((threshold) => z > threshold).length - 2;
      values[i * genes.length + j] = unmeasured ? COPY_NUMBER_UNKNOWN : level;
    });
  }
  return { genes, values };
}

const expressionStream = streamId("demonstration expression");

function drawExpression(draw: Draw, genes: readonly ExpressionGene[]): ExpressionTable {
  const { patients, seed, latents, model } = draw;
  const size = model.names.length;
  const values = new Float32Array(patients * genes.length);
  const missingStreams = genes.map((gene) => streamId(`demonstration missing ${gene.symbol}`));
  for (let i = 0; i < patients; i++) {
    const row = values.subarray(i * genes.length, (i + 1) * genes.length);
    if (isMissing(draw, "expression", i)) {
      row.fill(NaN);
      continue;
    }
    const stream = new RandomStream(seed, expressionStream, i);
    for (let j = 0; j < genes.length; j++) {
      const gene = genes[j]!;
      let z = gene.noise * stream.nextNormal();
      for (const { position, weight } of gene.weights) z += weight * latents[i * size + position]!;
      const value = z < gene.silentBelow ? 0 : Math.max(0, gene.mean + gene.deviation * z);
      const missing =
        gene.missing > 0 &&
        !draw.complete &&
        new RandomStream(seed, missingStreams[j]!, i).nextUniform() < gene.missing;
      row[j] = missing ? NaN : value;
    }
  }
  return { genes: genes.map((gene) => gene.symbol), unit: "log2(TPM+1)", values };
}

function latentOf(draw: Draw, patient: number, name: string): number {
  return draw.latents[patient * draw.model.names.length + draw.model.positions.get(name)!]!;
}

function isMissing(draw: Draw, part: keyof typeof missingFractions, patient: number): boolean {
  if (draw.complete) return false;
  const stream = new RandomStream(draw.seed, streamId(`demonstration missing ${part}`), patient);
  return stream.nextUniform() < missingFractions[part];
}

function wholeNumber(option: string, value: number, minimum: number, maximum: number): number {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw osteonError("cohort.simulation-option", { option, minimum, maximum });
}
