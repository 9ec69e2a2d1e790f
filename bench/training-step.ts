// Processor time of a training step and of sampling, on one thread, beside PyTorch's; and whether the event loop
// stays free while a network trains in a worker thread.
//
//   node bench/training-step.ts [--seconds 10] [--json]
//
// The reference: PyTorch 1.13 on another machine of the same kind, one thread, in processor milliseconds. A ratio of
// two machines is a hint, not a measurement.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { runInWorker } from "@osteon/network";
import { measureSampling } from "./measures/sampling-evaluations.ts";
import { formatTable } from "./measures/text-table.ts";
import { measureTrainingStep } from "./measures/training-step.ts";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "10" }, json: { type: "boolean" } } });
const delayLimitMilliseconds = 20;

const stepCases = [
  ["denoiser", 5_116, [15.9, 22.2, 45.4]],
  ["denoiser", 64, [1.02, 1.94, 5.57]],
  ["cVAE", 5_116, [11.1, 18.2, 47.8]],
  ["cVAE", 64, []],
] as const;
const samplingCases = [
  [1, 5_116, 38.7, undefined],
  [1_000, 5_116, 2_793, undefined],
  [1, 64, 5.77, 5],
  [1_000, 64, 301, 500],
] as const;

const steps = [];
for (const [kind, width, references] of stepCases) {
  for (const [k, batch] of [16, 64, 256].entries()) {
    const measured = await measureTrainingStep(kind, batch, width);
    steps.push({ kind, width, batch, ...measured, torchMilliseconds: references[k] });
  }
}
const sampling = [];
for (const [patients, width, torchMilliseconds, target] of samplingCases) {
  sampling.push({ patients, width, milliseconds: await measureSampling(patients, width), torchMilliseconds, target });
}
const loop = await measureEventLoopDelay(Number(values.seconds));

const missed =
  loop.p99Milliseconds >= delayLimitMilliseconds ||
  sampling.some(({ milliseconds, target }) => target !== undefined && milliseconds >= target) ||
  steps.some(({ updateMilliseconds, onnxUpdateMilliseconds }) => updateMilliseconds >= onnxUpdateMilliseconds);

const ratio = (own: number, reference: number | undefined) => (reference ? (own / reference).toFixed(2) : "–");
if (values.json) {
  console.log(JSON.stringify({ steps, sampling, loop, missed }, undefined, 2));
} else {
  console.log("One training step: forward, backward, clipping, AdamW, moving average\n");
  console.log(
    formatTable(
      ["network", "inputs", "batch", "weights", "ms", "torch ms", "ratio", "update ms", "update in ONNX ms"],
      steps.map((row) => [
        row.kind,
        row.width.toLocaleString("en"),
        String(row.batch),
        row.parameters.toLocaleString("en"),
        row.stepMilliseconds.toFixed(2),
        row.torchMilliseconds?.toFixed(2) ?? "–",
        ratio(row.stepMilliseconds, row.torchMilliseconds),
        row.updateMilliseconds.toFixed(2),
        row.onnxUpdateMilliseconds.toFixed(2),
      ]),
    ),
  );
  console.log("\nSampling: 50 evaluations of the denoiser with the sampler's steps\n");
  console.log(
    formatTable(
      ["patients", "inputs", "ms", "torch ms", "ratio", "target ms"],
      sampling.map((row) => [
        row.patients.toLocaleString("en"),
        row.width.toLocaleString("en"),
        row.milliseconds.toFixed(2),
        row.torchMilliseconds.toFixed(2),
        ratio(row.milliseconds, row.torchMilliseconds),
        row.target?.toFixed(0) ?? "–",
      ]),
    ),
  );
  console.log(
    `\nEvent loop while the full denoiser took ${loop.steps} steps in a worker thread: p50 ` +
      `${loop.p50Milliseconds.toFixed(1)} ms, p99 ${loop.p99Milliseconds.toFixed(1)} ms, longest ` +
      `${loop.longestMilliseconds.toFixed(1)} ms (limit of p99: ${delayLimitMilliseconds} ms)`,
  );
  console.log(missed ? "MISSED" : "reached");
}
if (missed) process.exitCode = 1;

/** Delay of this thread's timers while a worker trains: what a service beside it would feel. */
async function measureEventLoopDelay(seconds: number) {
  const controller = new AbortController();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  let steps = 0;
  const training = runInWorker<number, unknown, number>({
    module: new URL("./processes/training-thread.ts", import.meta.url),
    exportName: "trainUntilAborted",
    argument: 0,
    signal: controller.signal,
    onReport: (step) => {
      // From the first report on: the thread trains by then.
      if (steps === 0) {
        delays.enable();
        setTimeout(() => controller.abort(), seconds * 1000);
      }
      steps = step;
    },
  });
  await training.catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
  delays.disable();
  return {
    steps,
    p50Milliseconds: delays.percentile(50) / 1e6,
    p99Milliseconds: delays.percentile(99) / 1e6,
    longestMilliseconds: delays.max / 1e6,
  };
}
