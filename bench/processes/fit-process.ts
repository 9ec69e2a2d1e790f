// The measured half of bench/fit.ts: one fit in a process of its own.
import { readFile } from "node:fs/promises";
import { decodeCohort } from "@osteon/cohort";
import { fitFactorCopula } from "@osteon/generator";
import { multiplyMatrices } from "@osteon/numerics";
import { answerProcess, peakMebibytes } from "./ask-process.ts";

export interface FitQuestion {
  readonly cohortFile: string;
  readonly seed: number;
}

export interface FitAnswer {
  readonly patients: number;
  readonly genes: number;
  /** Clinical variables, mutations and copy numbers. */
  readonly anchors: number;
  readonly factors: number;
  readonly seconds: number;
  /** Of all threads: what other programs on the machine did not take. */
  readonly cpuSeconds: number;
  readonly stageSeconds: Readonly<Record<string, number>>;
  /** With the cohort read and nothing fitted. */
  readonly startMebibytes: number;
  readonly peakMebibytes: number;
  /** Time to add up the expression matrix once. */
  readonly readSeconds: number;
  /** Time of one product of the size that the sufficient statistics need: (anchors + sketch) × patients × genes. */
  readonly productSeconds: number;
}

const secondsSince = (start: number) => (performance.now() - start) / 1000;

answerProcess(async ({ cohortFile, seed }: FitQuestion): Promise<FitAnswer> => {
  const file = await readFile(cohortFile);
  const cohort = decodeCohort(new Uint8Array(file.buffer, file.byteOffset, file.length), cohortFile);
  const startMebibytes = peakMebibytes();
  const stageSeconds: Record<string, number> = {};
  let stage: string | undefined;
  let stageStart = 0;
  const endStage = () => {
    if (stage !== undefined) stageSeconds[stage] = secondsSince(stageStart);
  };
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  const { statistics, rankChoice } = fitFactorCopula(cohort, {
    seed,
    onProgress: (next) => {
      endStage();
      stage = next;
      stageStart = performance.now();
    },
  });
  endStage();
  const seconds = secondsSince(start);
  const { user, system } = process.cpuUsage(cpuStart);
  const peak = peakMebibytes();

  const { values, genes } = cohort.expression;
  const patients = cohort.patientIds.length;
  const readStart = performance.now();
  let sum = 0;
  for (const value of values) sum += value;
  const readSeconds = secondsSince(readStart);
  const height = statistics.anchors + statistics.sketch.width;
  // Filled by what was just added up, so that the reading cannot be left out.
  const left = new Float64Array(height * patients).fill(sum);
  const right = Float64Array.from(values);
  const productStart = performance.now();
  multiplyMatrices(left, right, height, patients, genes.length);
  return {
    patients,
    genes: genes.length,
    anchors: statistics.anchors,
    factors: rankChoice.rank,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    stageSeconds,
    startMebibytes,
    peakMebibytes: peak,
    readSeconds,
    productSeconds: secondsSince(productStart),
  };
});
