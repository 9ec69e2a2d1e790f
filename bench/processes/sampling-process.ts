// The measured half of bench/sampling.ts: a model is loaded and patients are drawn, in a process of its own.
import { osteosarcomaGeneSets, type GeneSet } from "@osteon/features";
import { createSynthesiser, loadModel, type SampleRequest, type SavedModel } from "@osteon/generator";
import { answerProcess, peakMebibytes } from "./ask-process.ts";
import { profileDrawing, type DrawingProfile } from "./drawing-profile.ts";

export interface SamplingQuestion {
  readonly saved: SavedModel;
  readonly counts: readonly number[];
  readonly repeats: number;
}

/** Patients drawn `count` at a time, or where that is many in batches. */
export interface SamplingRate {
  readonly count: number;
  readonly pathways: boolean;
  /** Of one request; where it is short, the mean of as many as fill a second. */
  readonly seconds: number;
  readonly patientsPerSecond: number;
  /** Most memory held by the process so far. */
  readonly peakMebibytes: number;
}

export interface SamplingAnswer {
  readonly pathways: number;
  readonly startMebibytes: number;
  readonly rates: readonly SamplingRate[];
  readonly profile: DrawingProfile;
}

/** The most patients held at a time. */
const batchPatients = 1000;
const shortestMeasurementMs = 1000;

const geneSets: readonly GeneSet[] = osteosarcomaGeneSets;

answerProcess(async ({ saved, counts, repeats }: SamplingQuestion): Promise<SamplingAnswer> => {
  const model = loadModel(saved);
  const synthesiser = await createSynthesiser({
    model,
    geneSets,
    minimumSetGenes: 5,
    modelVersion: "benchmark",
    trainedOnSimulatedPatients: true,
    conditionFloor: null,
  });
  const draw = async (request: SampleRequest) => void (await model.sample(request));
  const drawWithPathways = async (request: SampleRequest) => void (await synthesiser.generate(request));
  const startMebibytes = peakMebibytes();
  const rates: SamplingRate[] = [];
  for (const count of counts) {
    for (const pathways of [false, true]) {
      const seconds = await bestSeconds(pathways ? drawWithPathways : draw, count, repeats);
      rates.push({ count, pathways, seconds, patientsPerSecond: count / seconds, peakMebibytes: peakMebibytes() });
    }
  }
  const { pathways } = await synthesiser.generate({ conditions: {}, seed: 1, firstIndex: 0, count: 1 });
  const profile = await profileDrawing(saved, model, synthesiser);
  return { pathways: pathways.names.length, startMebibytes, rates, profile };
});

/** Fewest seconds for `count` patients over the repeats. */
async function bestSeconds(
  draw: (request: SampleRequest) => Promise<void>,
  count: number,
  repeats: number,
): Promise<number> {
  let best = Infinity;
  let firstIndex = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = performance.now();
    let requests = 0;
    do {
      for (let done = 0; done < count; done += batchPatients) {
        const part = Math.min(batchPatients, count - done);
        await draw({ conditions: {}, seed: 1, firstIndex, count: part });
        firstIndex += part;
      }
      requests++;
    } while (performance.now() - start < shortestMeasurementMs);
    best = Math.min(best, (performance.now() - start) / 1000 / requests);
  }
  return best;
}
