import { describe, expect, it } from "vitest";
import { buildRegressionJob } from "../testing/regression-job.ts";
import { openSession } from "../session/open-session.ts";
import type { Arrays } from "../session/session.ts";
import { train, type EpochReport, type TrainingJob } from "./train.ts";
import type { GivenTrainingOptions } from "./training-options.ts";

const lossesOf = (history: readonly EpochReport[]) =>
  history.map(({ trainingLoss, validationLoss }) => [trainingLoss, validationLoss]);

const bentJob = (options: GivenTrainingOptions = {}, rest: Partial<TrainingJob> = {}): TrainingJob => ({
  ...buildRegressionJob({ bent: true, rows: 80, dropoutRate: 0.1 }),
  options: { epochs: 8, warmUpSteps: 5, learningRate: 0.01, ...options },
  ...rest,
});

describe("train", () => {
  it("finds the coefficients of a linear regression, to a loss of the noise's variance", async () => {
    const options = { epochs: 60, learningRate: 0.05, weightDecay: 0, averageDecay: 0.99, clipNorm: Infinity };
    const { weights, history } = await train({ ...buildRegressionJob({ bent: false, rows: 160 }), options });
    const expected = [2, -1, 0.5, 0];
    weights["last/weights"]!.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(0.05));
    expect(Math.abs(weights["last/bias"]![0]! - 3)).toBeLessThan(0.05);
    // Noise variance 0.01, less what five coefficients take of 160 rows; the learning rate is small by then.
    expect(history.at(-1)!.trainingLoss).toBeGreaterThan(0.007);
    expect(history.at(-1)!.trainingLoss).toBeLessThan(0.013);
  });

  it("fits a bent function with a small network", async () => {
    const options = { epochs: 150, learningRate: 0.02, weightDecay: 0, averageDecay: 0.99 };
    const { history } = await train({ ...buildRegressionJob({ bent: true, rows: 160 }), options });
    expect(history[0]!.trainingLoss).toBeGreaterThan(0.5);
    expect(history.at(-1)!.trainingLoss).toBeLessThan(0.02);
  });

  it("gives the same losses and weights to the bit for the same job, and others for other threads at most in rounding", async () => {
    const [first, second] = [await train(bentJob()), await train(bentJob())];
    expect(second).toEqual(first);
    const threaded = await train(bentJob({ threads: 2 }));
    expect(threaded.history.at(-1)!.trainingLoss).toBeCloseTo(first.history.at(-1)!.trainingLoss, 4);
  });

  it("continues from a checkpoint with the same losses and weights to the bit", async () => {
    let checkpoint: Uint8Array | undefined;
    const whole = await train(
      bentJob({}, { onEpoch: ({ epoch }, write) => void (epoch === 3 && (checkpoint = write())) }),
    );
    const resumed = await train(bentJob({}, { checkpoint: checkpoint! }));
    expect(lossesOf(resumed.history)).toEqual(lossesOf(whole.history.slice(4)));
    expect(resumed).toEqual({ ...whole, history: whole.history.slice(4) });
  });

  it("stops early and gives back the best epoch's weights", async () => {
    const copies: Uint8Array[] = [];
    const options = { epochs: 400, learningRate: 0.05, patience: 5, averageDecay: 0.5 };
    const result = await train(bentJob(options, { onEpoch: (_, write) => copies.push(write()) }));
    const losses = result.history.map(({ validationLoss }) => validationLoss);
    expect(result.stoppedEarly).toBe(true);
    expect(result.epochs).toBeLessThan(400);
    expect(result.epochs).toBe(result.bestEpoch + 1 + 5);
    expect(losses[result.bestEpoch]).toBe(Math.min(...losses));
    // Resuming where it stopped runs nothing more and still knows the best weights.
    const resumed = await train(bentJob(options, { checkpoint: copies.at(-1)! }));
    expect(resumed).toEqual({ ...result, history: [] });
  });

  it("validates the average weights, those that it gives back", async () => {
    const job = bentJob({ averageDecay: 0.97 });
    const { weights, history, bestEpoch } = await train(job);
    const inputs = { x: new Float32Array(16 * 4), y: new Float32Array(16) };
    job.data.fillValidation!(0, inputs);
    const session = await openSession(job.validation!);
    const { loss } = await session.run({ ...inputs, ...weights });
    expect(history[bestEpoch]!.validationLoss).toBe(loss![0]);
  });

  it("ends by the signal's reason between two steps", async () => {
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    let epochs = 0;
    const onEpoch = () => void (++epochs === 2 && controller.abort(reason));
    await expect(train(bentJob({ epochs: 1000 }, { signal: controller.signal, onEpoch }))).rejects.toBe(reason);
    expect(epochs).toBe(2);
    await expect(train(bentJob({}, { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
  });

  it("says at which step it diverged", async () => {
    const job = bentJob();
    const fillStep: typeof job.data.fillStep = (step, inputs) => {
      job.data.fillStep(step, inputs);
      if (step === 7) inputs["x"]![3] = Number.NaN;
    };
    await expect(train({ ...job, data: { ...job.data, fillStep } })).rejects.toMatchObject({
      code: "network.diverged",
      parameters: { step: 7 },
    });
  });

  it("refuses a checkpoint of another training, and one that is cut", async () => {
    let checkpoint = new Uint8Array();
    await train(bentJob({ epochs: 1 }, { onEpoch: (_, write) => (checkpoint = write() as typeof checkpoint) }));
    const code = (value: string) => expect.objectContaining({ code: value }) as Error;
    await expect(train(bentJob({ epochs: 2 }, { checkpoint }))).rejects.toEqual(code("network.checkpoint"));
    const job = bentJob({ epochs: 1 }, { checkpoint });
    const others = [
      { ...job, data: { ...job.data, identity: "other patients" } },
      { ...job, step: buildRegressionJob({ bent: true, rows: 80 }).step },
    ];
    for (const other of others) await expect(train(other)).rejects.toEqual(code("network.checkpoint"));
    await expect(train(bentJob({ epochs: 1 }, { checkpoint: checkpoint.subarray(0, 300) }))).rejects.toEqual(
      code("safetensors.malformed"),
    );
  });

  it.each<GivenTrainingOptions>([
    { epochs: 0 },
    { epochs: 1.5 },
    { learningRate: 0 },
    { learningRate: Number.NaN },
    { warmUpSteps: -1 },
    { finalRateShare: 2 },
    { beta1: 1 },
    { averageDecay: 1 },
    { weightDecay: -1 },
    { clipNorm: 0 },
    { patience: 0 },
    { threads: 0 },
  ])("refuses the option %o", async (options) => {
    await expect(train(bentJob(options))).rejects.toMatchObject({
      code: "network.option",
      parameters: { option: Object.keys(options)[0] },
    });
  });

  it("refuses epochs without steps", async () => {
    const job = bentJob();
    const empty = { ...job, data: { ...job.data, stepsPerEpoch: 0 } };
    await expect(train(empty)).rejects.toMatchObject({ parameters: { option: "stepsPerEpoch" } });
  });

  it("refuses a validation graph without batches", async () => {
    const job = bentJob();
    const data = { stepsPerEpoch: 1, fillStep: (step: number, inputs: Arrays) => job.data.fillStep(step, inputs) };
    await expect(train({ ...job, data })).rejects.toMatchObject({ parameters: { option: "validationBatches" } });
  });
});
