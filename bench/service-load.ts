// POST /generate under load: latency, throughput, memory and delay of the event loop at 1, 16 and 64 connections,
// beside the seed system's Python service.
//
//   node bench/service-load.ts --cohort DIR [--expression-profile FILE] [--gene-sets FILE]   trains first
//   node bench/service-load.ts --package FILE --identity FILE
//   node bench/service-load.ts --simulated-model     the service alone, around a stand-in of the real size
//   … --seconds N (default 10) --workers N (threads that sample; default 1) --json
//   … --requests 100000                              growth of memory over that many requests, at 16 connections
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runLayout } from "@osteon/pipeline";
import { LoadedServer, type LoadMeasurement } from "./measures/service-load.ts";
import { formatTable } from "./measures/text-table.ts";
import { trainOnStudy } from "./measures/train-on-study.ts";
import type { ModelSource, ServerState } from "./service-load-protocol.ts";

interface Reference {
  readonly name: string;
  readonly connections: number;
  readonly requestsPerSecond: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
}

/**
 * The seed system's own service (FastAPI, one uvicorn worker, load generator on the other core, real
 * cohort, answers of 58 to 69 kB), measured on a machine of the same kind. With its diffusion model it
 * answers 0.3 requests/s however many wait, and its 306 to 326 MB are those of the model.
 */
const references: readonly Reference[] = [
  { name: "Python, cVAE", connections: 1, requestsPerSecond: 141, p50Ms: 6.9, p99Ms: 12.8 },
  { name: "Python, cVAE", connections: 16, requestsPerSecond: 70, p50Ms: 223, p99Ms: 389 },
  { name: "Python, diffusion", connections: 1, requestsPerSecond: 0.3, p50Ms: 3260 },
  { name: "Python, diffusion", connections: 16, requestsPerSecond: 0.3 },
];

/** At 16 connections. */
const target = { p99Ms: 25, requestsPerSecond: 500 };
/** Of the least heap after a collection, from the first three tenths of the requests to the last three; less is noise. */
const allowedGrowthMebibytes = 4;
const growthSteps = 10;

const { values: flags } = parseArgs({
  options: {
    cohort: { type: "string" },
    "expression-profile": { type: "string" },
    "gene-sets": { type: "string" },
    package: { type: "string" },
    identity: { type: "string" },
    "simulated-model": { type: "boolean", default: false },
    seconds: { type: "string", default: "10" },
    workers: { type: "string", default: "1" },
    requests: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

/** @param directory where a model is trained to, if one has to be */
async function prepareSource(directory: string): Promise<ModelSource> {
  if (flags["simulated-model"]) return { kind: "simulated" };
  if (flags.cohort !== undefined) {
    await trainOnStudy({
      study: resolve(flags.cohort),
      expressionProfile: flags["expression-profile"],
      geneSets: flags["gene-sets"],
      directory,
      steps: ["load", "deidentify", "check", "features", "train"],
    });
    return {
      kind: "package",
      packageFile: join(directory, runLayout.trainedModel),
      identityFile: join(directory, runLayout.identity),
    };
  }
  if (flags.package === undefined || flags.identity === undefined) {
    throw new Error("Give --cohort DIR, or --package FILE --identity FILE, or --simulated-model");
  }
  return { kind: "package", packageFile: resolve(flags.package), identityFile: resolve(flags.identity) };
}

function readNumber(flag: "seconds" | "workers" | "requests", least: number, most: number): number {
  const value = Number(flags[flag]);
  if (!(Number.isInteger(value) && value >= least && value <= most)) {
    throw new Error(`--${flag} takes a whole number of ${least} to ${most}`);
  }
  return value;
}

function printLoads(measurements: readonly LoadMeasurement[], answerBytes: number): void {
  const rows = measurements.map((m) => [
    String(m.connections),
    m.p50Ms.toFixed(2),
    m.p99Ms.toFixed(2),
    m.requestsPerSecond.toFixed(0),
    m.processorMsPerRequest.toFixed(3),
    m.after.eventLoopDelayMs.toFixed(1),
    m.before.residentMebibytes.toFixed(0),
    m.after.residentMebibytes.toFixed(0),
  ]);
  const head = [
    "connections",
    "p50 ms",
    "p99 ms",
    "requests/s",
    "processor ms a request",
    "loop delay p99 ms",
    "MiB before",
    "MiB after",
  ];
  console.log(`\n${formatTable(head, rows)}\n\nOne answer has ${answerBytes} bytes.\n`);

  const comparisons = references.flatMap((reference) => {
    const m = measurements.find(({ connections }) => connections === reference.connections);
    return m === undefined ? [] : [compare(m, reference)];
  });
  const comparisonHead = ["against", "connections", "requests/s", "times as many", "p50 shorter by", "p99 shorter by"];
  console.log(`${formatTable(comparisonHead, comparisons)}\n`);
}

function compare(m: LoadMeasurement, reference: Reference): readonly string[] {
  const times = (theirs: number | undefined, ours: number) =>
    theirs === undefined ? "-" : `${(theirs / ours).toFixed(1)} x`;
  return [
    reference.name,
    String(m.connections),
    String(reference.requestsPerSecond),
    `${(m.requestsPerSecond / reference.requestsPerSecond).toFixed(1)} x`,
    times(reference.p50Ms, m.p50Ms),
    times(reference.p99Ms, m.p99Ms),
  ];
}

/** @returns whether the targets are reached */
async function measureLoads(server: LoadedServer, seconds: number): Promise<boolean> {
  const measurements: LoadMeasurement[] = [];
  for (const connections of [1, 16, 64]) measurements.push(await server.measure(connections, { duration: seconds }));
  const answerBytes = await server.measureAnswer();
  const floors = await measureFloors(answerBytes, seconds);
  const { p99Ms, requestsPerSecond } = measurements.find(({ connections }) => connections === 16)!;
  const isReached = p99Ms < target.p99Ms && requestsPerSecond >= target.requestsPerSecond;
  if (flags.json) {
    console.log(
      JSON.stringify({ modelVersion: server.modelVersion, seconds, answerBytes, measurements, floors, references }),
    );
    return isReached;
  }
  console.log(`POST /generate, model ${server.modelVersion}, ${seconds} s each`);
  printLoads(measurements, answerBytes);
  printFloors(floors);
  const shareOfP99 = ((100 * p99Ms) / target.p99Ms).toFixed(0);
  const shareOfRate = ((100 * requestsPerSecond) / target.requestsPerSecond).toFixed(0);
  console.log(
    `At 16 connections p99 under ${target.p99Ms} ms (${shareOfP99} % of it) and ` +
      `${target.requestsPerSecond} requests/s (${shareOfRate} % of it): ${isReached ? "reached" : "MISSED"}`,
  );
  return isReached;
}

interface Floor extends LoadMeasurement {
  readonly computeMs: number;
}

/** Node's own server at 16 connections on this machine, with nothing to do and with so much to compute. */
async function measureFloors(answerBytes: number, seconds: number): Promise<readonly Floor[]> {
  const floors: Floor[] = [];
  for (const computeMs of [0, 0.5, 1]) {
    using server = await LoadedServer.start({ kind: "floor", computeMs, answerBytes }, 0);
    await server.measure(4, { duration: 1 });
    floors.push({ computeMs, ...(await server.measure(16, { duration: seconds })) });
  }
  return floors;
}

function printFloors(floors: readonly Floor[]): void {
  const rows = floors.map(({ computeMs, p50Ms, p99Ms, requestsPerSecond }) => [
    String(computeMs),
    p50Ms.toFixed(2),
    p99Ms.toFixed(2),
    requestsPerSecond.toFixed(0),
  ]);
  const head = ["Node alone, computing ms a request", "p50 ms", "p99 ms", "requests/s"];
  console.log(`The floor at 16 connections, with answers of the same size:\n\n${formatTable(head, rows)}\n`);
}

/** @returns whether memory did not grow */
async function measureGrowth(server: LoadedServer, requests: number): Promise<boolean> {
  const states: { readonly requests: number; readonly state: ServerState }[] = [];
  for (let step = 1; step <= growthSteps; step++) {
    const { after } = await server.measure(16, { amount: requests / growthSteps });
    states.push({ requests: (step * requests) / growthSteps, state: after });
  }
  const leastHeap = (of: typeof states) => Math.min(...of.map(({ state }) => state.heapMebibytes));
  const growth = leastHeap(states.slice(-3)) - leastHeap(states.slice(0, 3));
  const holds = growth <= allowedGrowthMebibytes;
  if (flags.json) {
    console.log(JSON.stringify({ modelVersion: server.modelVersion, states, growth }));
    return holds;
  }
  const rows = states.map(({ requests: sent, state }) => [
    String(sent),
    state.heapMebibytes.toFixed(1),
    state.residentMebibytes.toFixed(0),
  ]);
  console.log(`POST /generate, model ${server.modelVersion}, 16 connections\n`);
  console.log(formatTable(["requests", "heap and buffers after collection, MiB", "resident MiB"], rows));
  console.log(
    `\nLeast heap of the last three beside that of the first three: ${growth.toFixed(1)} MiB more, ` +
      `at most ${allowedGrowthMebibytes} allowed: ${holds ? "no growth" : "GROWS"}`,
  );
  return holds;
}

async function main(): Promise<void> {
  const seconds = readNumber("seconds", 1, 600);
  const workers = readNumber("workers", 0, 64);
  const requests = flags.requests === undefined ? undefined : readNumber("requests", growthSteps, 100_000_000);
  await using temporary = await mkdtempDisposable(join(tmpdir(), "osteon-bench-"));
  const source = await prepareSource(temporary.path);
  using server = await LoadedServer.start(source, workers);
  // Until the compiler has seen the hot code, latencies are those of the interpreter.
  await server.measure(4, { duration: 2 });
  const isReached =
    requests === undefined ? await measureLoads(server, seconds) : await measureGrowth(server, requests);
  if (!isReached) process.exitCode = 1;
  if (source.kind === "simulated" && !flags.json) {
    console.log("The model is a simulated one of the real one's size: the figures are those of the service around it.");
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
