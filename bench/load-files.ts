// Time and peak memory of loading an expression matrix from files, beside a plain reading of the same file.
//
//   node bench/load-files.ts [--patients 1000] [--genes 20000] [--arms csv,parquet,…] [--repeats 2] [--json]
//
// Plain is: for text each line split and each cell made a number; for Parquet the library's own reading of all
// columns; for .h5ad slices of some rows of X. None of them checks, names or keeps anything. Each reading has a process
// of its own; both take turns, and the best of the repeats of each is shown. They are compared by the time of the
// processor, which other programs on the machine do not take.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileArms, writeClinical, type FileArm } from "./measures/matrix-files.ts";
import { formatTable } from "./measures/text-table.ts";
import { askProcess } from "./processes/ask-process.ts";
import type { FileAnswer, FileQuestion } from "./processes/load-files-process.ts";

const mostMebibytes = 1024;

const { values: flags } = parseArgs({
  options: {
    patients: { type: "string", default: "1000" },
    genes: { type: "string", default: "20000" },
    arms: { type: "string", default: Object.keys(fileArms).join(",") },
    repeats: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});

function wholeNumber(flag: "patients" | "genes" | "repeats"): number {
  const value = Number(flags[flag]);
  if (!(Number.isInteger(value) && value >= 1)) throw new Error(`--${flag} takes a whole number from 1 on`);
  return value;
}

const size = { patients: wholeNumber("patients"), genes: wholeNumber("genes") };
const repeats = wholeNumber("repeats");
const chosen = flags.arms.split(",").map((name): [string, FileArm] => {
  const arm = fileArms[name];
  if (arm === undefined) throw new Error(`--arms takes ${Object.keys(fileArms).join(", ")}, joined by commas`);
  return [name, arm];
});

/** Of the processor's time that the plain reading takes; of an array stored as it is there is nothing to decode. */
const mostTimes = (arm: string) => (arm === "h5ad" ? 5 : 3);

interface Result {
  readonly arm: string;
  readonly load: FileAnswer;
  readonly plain: FileAnswer;
  readonly times: number;
}

const results: Result[] = [];
for (const [name, arm] of chosen) {
  const directory = await mkdtemp(join(tmpdir(), "osteon-load-"));
  try {
    await writeClinical(join(directory, "patients.csv"), size);
    const file = join(directory, `expression.${arm.suffix}`);
    await arm.write(file, size);
    const mapping = join(directory, "mapping.yaml");
    const stated = arm.isDetected === true ? "" : ", unit: log2(TPM+1)";
    await writeFile(
      mapping,
      `patients: { file: patients.csv }\nexpression: { file: expression.${arm.suffix}${stated} }\n`,
    );
    const ask = (question: FileQuestion) =>
      askProcess<FileAnswer>(new URL("./processes/load-files-process.ts", import.meta.url), question);
    const loads: FileAnswer[] = [];
    const plains: FileAnswer[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      plains.push(await ask({ kind: arm.plain, file }));
      loads.push(await ask({ kind: "load", file: mapping }));
    }
    const best = (answers: readonly FileAnswer[]) => answers.reduce((a, b) => (b.cpuSeconds < a.cpuSeconds ? b : a));
    const peakMebibytes = Math.max(...loads.map((each) => each.peakMebibytes));
    const load = { ...best(loads), peakMebibytes };
    const plain = best(plains);
    // What is to be found out about the unit takes a reading of its own.
    const readings = arm.isDetected === true ? 2 : 1;
    results.push({ arm: name, load, plain, times: load.cpuSeconds / (readings * plain.cpuSeconds) });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const isMissed = ({ arm, times, load }: Result): boolean =>
  times > mostTimes(arm) || load.peakMebibytes > mostMebibytes || load.values !== size.patients * size.genes;

if (flags.json) {
  console.log(JSON.stringify({ ...size, repeats, results, mostMebibytes }));
} else {
  console.log(
    `Loading ${size.patients} patients × ${size.genes} genes, best of ${repeats}, each in a process of its own\n`,
  );
  const rows = results.map(({ arm, load, plain, times }) => [
    arm,
    load.seconds.toFixed(2),
    load.cpuSeconds.toFixed(2),
    plain.seconds.toFixed(2),
    plain.cpuSeconds.toFixed(2),
    times.toFixed(2),
    String(mostTimes(arm)),
    load.peakMebibytes.toFixed(0),
    String(mostMebibytes),
  ]);
  console.log(
    formatTable(["file", "load s", "CPU s", "plain s", "CPU s", "times", "target", "peak MiB", "target MiB"], rows),
  );
  console.log(results.some(isMissed) ? "\nA target is MISSED." : "\nEvery target is reached.");
}
if (results.some(isMissed)) process.exitCode = 1;
