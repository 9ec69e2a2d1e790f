// POST /generate under load: latency, throughput and answer size at 1 and 16 connections, beside the
// seed system's Python service.
//
//   node bench/service-load.ts --cohort DIR [--expression-profile FILE] [--gene-sets FILE]   trains first
//   node bench/service-load.ts --package FILE --identity FILE
//   node bench/service-load.ts --simulated-model     the service alone, around a stand-in of the real size
//   … --seconds N (default 5) --json
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runLayout } from "@osteon/pipeline";
import { createToken, hashToken } from "@osteon/service";
import autocannon from "autocannon";
import { formatTable } from "./measures/text-table.ts";
import { trainOnStudy } from "./measures/train-on-study.ts";
import type { ModelSource, ServerMessage, StartMessage } from "./service-load-protocol.ts";

interface Measurement {
  readonly connections: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requestsPerSecond: number;
  readonly answerBytes: number;
  readonly residentMebibytes: number;
}

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
 * answers 0.3 requests/s however many wait.
 */
const references: readonly Reference[] = [
  { name: "Python, cVAE", connections: 1, requestsPerSecond: 141, p50Ms: 6.9, p99Ms: 12.8 },
  { name: "Python, cVAE", connections: 16, requestsPerSecond: 70, p50Ms: 223, p99Ms: 389 },
  { name: "Python, diffusion", connections: 1, requestsPerSecond: 0.3, p50Ms: 3260 },
  { name: "Python, diffusion", connections: 16, requestsPerSecond: 0.3 },
];

/** A request without a seed, so that every one of them draws another patient. */
const requestBody = JSON.stringify({ survival_time: 800, event_occurred: 0 });

const targetP99Ms = 25;

const { values: flags } = parseArgs({
  options: {
    cohort: { type: "string" },
    "expression-profile": { type: "string" },
    "gene-sets": { type: "string" },
    package: { type: "string" },
    identity: { type: "string" },
    "simulated-model": { type: "boolean", default: false },
    seconds: { type: "string", default: "5" },
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

function readSeconds(): number {
  const seconds = Number(flags.seconds);
  if (!(seconds >= 1 && seconds <= 600)) {
    throw new Error("--seconds takes a number of 1 to 600");
  }
  return seconds;
}

async function nextMessage<K extends ServerMessage["kind"]>(
  server: ChildProcess,
  kind: K,
): Promise<Extract<ServerMessage, { kind: K }>> {
  const ended = new AbortController();
  const stop = () => ended.abort(new Error("The server of the benchmark ended early"));
  server.once("exit", stop);
  try {
    const [message] = (await once(server, "message", { signal: ended.signal })) as [ServerMessage];
    if (message.kind !== kind) {
      throw new Error(`The server of the benchmark sent "${message.kind}" in place of "${kind}"`);
    }
    return message as Extract<ServerMessage, { kind: K }>;
  } finally {
    server.off("exit", stop);
  }
}

/** Value below which the fraction lies, by nearest rank. @param sorted ascending, not empty */
function percentile(sorted: Float64Array, fraction: number): number {
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)]!;
}

async function measure(
  server: ChildProcess,
  url: string,
  token: string,
  connections: number,
  seconds: number,
): Promise<Measurement> {
  const latenciesMs: number[] = [];
  const run = autocannon({
    url,
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: requestBody,
    connections,
    duration: seconds,
  });
  // autocannon's own percentiles are whole milliseconds; these are not.
  run.on("response", (_client, _status, _bytes, responseTimeMs) => latenciesMs.push(responseTimeMs));
  const result = await run;
  if (result.errors + result.timeouts + result.non2xx > 0 || latenciesMs.length === 0) {
    throw new Error(
      `Not a measurement: ${latenciesMs.length} answers, of them ${result.non2xx} refusals; ` +
        `${result.errors} errors, ${result.timeouts} timeouts`,
    );
  }
  server.send("memory");
  const { residentMebibytes } = await nextMessage(server, "memory");
  const sorted = Float64Array.from(latenciesMs).sort();
  return {
    connections,
    requests: sorted.length,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    requestsPerSecond: sorted.length / result.duration,
    answerBytes: await measureAnswer(url, token),
    residentMebibytes,
  };
}

async function measureAnswer(url: string, token: string): Promise<number> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: requestBody,
  });
  return (await answer.arrayBuffer()).byteLength;
}

function printTables(measurements: readonly Measurement[]): void {
  const rows = measurements.map((m) => [
    String(m.connections),
    m.p50Ms.toFixed(2),
    m.p99Ms.toFixed(2),
    m.requestsPerSecond.toFixed(0),
    String(m.answerBytes),
    m.residentMebibytes.toFixed(0),
  ]);
  const head = ["connections", "p50 ms", "p99 ms", "requests/s", "answer bytes", "memory MiB"];
  console.log(`\n${formatTable(head, rows)}\n`);

  const comparisons = references.flatMap((reference) => {
    const m = measurements.find(({ connections }) => connections === reference.connections);
    return m === undefined ? [] : [compare(m, reference)];
  });
  const comparisonHead = ["against", "connections", "requests/s", "times as many", "p50 shorter by", "p99 shorter by"];
  console.log(`${formatTable(comparisonHead, comparisons)}\n`);
}

function compare(m: Measurement, reference: Reference): readonly string[] {
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

async function main(): Promise<void> {
  const seconds = readSeconds();
  const token = createToken();
  await using temporary = await mkdtempDisposable(join(tmpdir(), "osteon-bench-"));
  const source = await prepareSource(temporary.path);
  const start: StartMessage = { source, tokenHash: hashToken(token) };
  const server = fork(new URL("./service-load-server.ts", import.meta.url));
  try {
    server.send(start);
    const { port, modelVersion } = await nextMessage(server, "listening");
    const url = `http://127.0.0.1:${port}/generate`;
    // Until the compiler has seen the hot code, latencies are those of the interpreter.
    await measure(server, url, token, 4, 2);
    const measurements: Measurement[] = [];
    for (const connections of [1, 16]) {
      measurements.push(await measure(server, url, token, connections, seconds));
    }
    const atSixteen = measurements.at(-1)!;
    const isReached = atSixteen.p99Ms < targetP99Ms;
    if (!isReached) process.exitCode = 1;
    if (flags.json) {
      console.log(JSON.stringify({ modelVersion, seconds, measurements, references }));
      return;
    }
    console.log(`POST /generate, model ${modelVersion}, ${seconds} s each`);
    printTables(measurements);
    if (source.kind === "simulated") {
      console.log(
        "The model is a simulated one of the real one's size: the figures are those of the service around it.",
      );
    }
    const share = ((100 * atSixteen.p99Ms) / targetP99Ms).toFixed(0);
    console.log(`p99 under ${targetP99Ms} ms at 16 connections: ${isReached ? "reached" : "MISSED"}, ${share} % of it`);
  } finally {
    if (server.connected) {
      server.disconnect();
    }
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
