import { describe, expect, it } from "vitest";
import { buildRegressionJob, type RegressionArgument } from "../testing/regression-job.ts";
import { train, type EpochReport, type TrainingResult } from "../training/train.ts";
import { runInWorker } from "./run-in-worker.ts";

const module = new URL("../testing/regression-job.ts", import.meta.url);
const argument: RegressionArgument = { bent: true, rows: 64, epochs: 5 };

describe("runInWorker", () => {
  it("trains in another thread, with reports, to the same result as in this one", async () => {
    const reports: EpochReport[] = [];
    const result = await runInWorker<RegressionArgument, TrainingResult, EpochReport>({
      module,
      exportName: "trainRegression",
      argument,
      onReport: (report) => reports.push(report),
    });
    const here = await train({ ...buildRegressionJob(argument), options: { epochs: 5, learningRate: 0.01 } });
    expect(result).toEqual(here);
    expect(reports).toEqual(here.history);
  });

  it("ends by the caller's signal, with its reason", async () => {
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const call = runInWorker<RegressionArgument, TrainingResult, EpochReport>({
      module,
      exportName: "trainRegression",
      argument: { ...argument, epochs: 1_000_000 },
      signal: controller.signal,
      onReport: () => controller.abort(reason),
    });
    await expect(call).rejects.toBe(reason);
    const aborted = { module, exportName: "trainRegression", argument, signal: AbortSignal.abort(reason) };
    await expect(runInWorker(aborted)).rejects.toBe(reason);
  });

  it("brings Osteon's errors across with code and parameters", async () => {
    const call = runInWorker({ module, exportName: "trainRegression", argument: { ...argument, epochs: 0 } });
    await expect(call).rejects.toMatchObject({ code: "network.option", parameters: { option: "epochs" } });
  });

  it("brings other errors across, and says so where the thread dies", async () => {
    const failing = runInWorker({ module, exportName: "failWithoutResult", argument: 0 });
    await expect(failing).rejects.toThrow("nothing to train on");
    const dying = runInWorker({ module, exportName: "endThread", argument: 0 });
    await expect(dying).rejects.toMatchObject({ code: "network.worker", parameters: { exitCode: 3 } });
  });
});
