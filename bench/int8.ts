// Networks in int8 beside the same in float: processor time of 50 evaluations on one thread, and what int8 changes.
//
//   node bench/int8.ts [--json]
//
// The networks are trained for some seconds first. The target is for the batches that patients are drawn in.
import { parseArgs } from "node:util";
import { measureInt8Sampling, writeSamplingGraphs } from "./measures/int8-sampling.ts";
import { formatTable } from "./measures/text-table.ts";
import { trainDenoiser } from "./measures/trained-denoiser.ts";

const { values } = parseArgs({ options: { json: { type: "boolean" } } });
/** Times as fast as float; at batch 1 nothing is offered in int8, since patients are always drawn sixteen at a time. */
const target = 1.5;
const offeredFrom = 16;

/** Where the inputs are many, the layers between are cheap, and most of the error comes from them. */
const between = ["middle0/weights", "middle1/weights"];

const rows = [];
for (const [width, choices] of [
  [64, [[]]],
  [5_116, [[], between]],
] as const) {
  const weights = await trainDenoiser(width);
  for (const keepFloat of choices) {
    const graphs = await writeSamplingGraphs(width, weights, keepFloat);
    const sizeShare = graphs.int8.bytes.length / graphs.float.bytes.length;
    const inInt8 = keepFloat.length > 0 ? "but 512-256" : "all";
    for (const batch of [1, 16, 256]) {
      const measured = await measureInt8Sampling(graphs, width, batch);
      const ratio = measured.floatMilliseconds / measured.int8Milliseconds;
      const allowed = batch >= offeredFrom ? target : undefined;
      rows.push({ width, inInt8, batch, ...measured, ratio, sizeShare, target: allowed });
    }
  }
}
const missed = rows.some(({ ratio, target }) => target !== undefined && ratio < target);

if (values.json) {
  console.log(JSON.stringify({ rows, missed }, undefined, 2));
} else {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  console.log("50 evaluations of the denoiser, hidden 256-512-256, with the sampler's steps\n");
  console.log(
    formatTable(
      [
        "inputs",
        "layers",
        "batch",
        "float ms",
        "int8 ms",
        "times as fast",
        "target",
        "RMS error",
        "after 50",
        "of its bytes",
      ],
      rows.map((row) => [
        row.width.toLocaleString("en"),
        row.inInt8,
        String(row.batch),
        row.floatMilliseconds.toFixed(2),
        row.int8Milliseconds.toFixed(2),
        row.ratio.toFixed(2),
        row.target?.toFixed(1) ?? "–",
        percent(row.stepError),
        percent(row.finalError),
        percent(row.sizeShare),
      ]),
    ),
  );
  console.log(missed ? "\nMISSED" : "\nreached");
}
if (missed) process.exitCode = 1;
