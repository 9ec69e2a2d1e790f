import { encodeTrainingStep, initialiseWeights, train, type Weights } from "@osteon/network";
import { RandomStream, streamId } from "@osteon/numerics";
import { buildLoss, conditionWidth } from "./reference-networks.ts";
import { noiseLevels } from "./sampling-evaluations.ts";

const rank = 8;
/** Of the factors, those that the condition tells. */
const toldFactors = 2;
const stream = streamId("bench/denoising");

/** Rows of a factor model with noise of all levels added, scaled to unit variance; the same for the same index. */
export function drawDenoisingBatch(index: number, batch: number, width: number) {
  const random = new RandomStream(1, stream, index);
  const x = new Float32Array(batch * width);
  const target = new Float32Array(batch * width);
  const condition = new Float32Array(batch * conditionWidth);
  for (let row = 0; row < batch; row++) {
    const factors = Array.from({ length: rank }, () => random.nextNormal());
    const noise = noiseLevels.last * (noiseLevels.first / noiseLevels.last) ** random.nextUniform();
    condition.set([Math.log(noise), ...factors.slice(0, toldFactors)], row * conditionWidth);
    for (let j = 0; j < width; j++) {
      let value = 0;
      for (let k = 0; k < rank; k++) value += factors[k]! * Math.sin((k + 1) * (j + 1));
      value /= Math.sqrt(rank / 2);
      target[row * width + j] = value;
      x[row * width + j] = (value + noise * random.nextNormal()) / Math.hypot(1, noise);
    }
  }
  return { x, condition, target };
}

/** Weights of the reference denoiser after some hundred steps, since weights as drawn round more kindly than learnt. */
export async function trainDenoiser(width: number, steps = 300): Promise<Weights> {
  const batch = 32;
  const loss = buildLoss("denoiser", batch, width);
  const { weights } = await train({
    step: encodeTrainingStep(loss),
    initial: initialiseWeights(loss, 1),
    data: {
      stepsPerEpoch: steps,
      fillStep(step, inputs) {
        for (const [name, values] of Object.entries(drawDenoisingBatch(step, batch, width))) inputs[name]!.set(values);
      },
    },
    options: { epochs: 1, averageDecay: 0.98 },
  });
  return weights;
}
