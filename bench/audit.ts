// What the audit trail costs the service: POST /generate with and without it, in one process and in turns.
//
//   node bench/audit.ts [--seconds 5] [--rounds 3] [--rate 500] [--genes 2416] [--directory DIR] [--json]
//
// Around a stand-in of a model with answers of the real size, or of another number of genes. The processor's time,
// which other programs on the machine do not take, has the load generator's share in it. Answers go out once their entry is on the disk that
// DIR is on (by default that of temporary files), so latency grows by the wait for others (2 ms) and by an fsync.
import { mkdtempDisposable, open, readdir, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AuditTrail, binConditions, createAuditLog, obtainProfileKey, readEntries } from "@osteon/audit";
import { createSigningKey } from "@osteon/registry";
import { acceptTokens, createService, createToken, hashToken, type GenerationAudit } from "@osteon/service";
import autocannon from "autocannon";
import { createSimulatedSynthesiser } from "../packages/service/src/testing/simulated-synthesiser.ts";
import { formatTable } from "./measures/text-table.ts";

const { values: flags } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    rate: { type: "string", default: "500" },
    genes: { type: "string", default: "2416" },
    directory: { type: "string", default: tmpdir() },
    json: { type: "boolean", default: false },
  },
});

interface Measured {
  readonly arm: string;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly processorMs: number;
  readonly fsyncsPerRequest: number;
}

const connections = 16;
const token = createToken();
const synthesiser = createSimulatedSynthesiser({
  mutationGenes: 60,
  copyNumberGenes: 20,
  expressionGenes: Number(flags.genes),
  pathways: 50,
});

await using folder = await mkdtempDisposable(join(flags.directory, "osteon-bench-"));
const fsyncs = await countFsyncs(folder.path);
const profileKey = await obtainProfileKey(join(folder.path, "profile.key"), true);
const arms = new Map<string, GenerationAudit | undefined>([["without", undefined]]);
const trails: AuditTrail[] = [];
for (const groupMs of [2, 0]) {
  const directory = join(folder.path, `trail-${groupMs}`);
  const trail = new AuditTrail({ directory, key: createSigningKey(), osteonVersion: "0.1.0", groupMs });
  trails.push(trail);
  arms.set(groupMs === 0 ? "with, not waiting for others" : "with", recordIn(trail));
}

const measured = new Map<string, Measured[]>();
for (let round = 0; round < Number(flags.rounds); round++) {
  for (const [name, audit] of arms) {
    for (const rate of [undefined, Number(flags.rate)]) {
      const arm = `${name}${rate === undefined ? "" : `, ${rate}/s`}`;
      measured.set(arm, [...(measured.get(arm) ?? []), await measure(arm, audit, rate)]);
    }
  }
}
for (const trail of trails) await trail.close();

const rows = [...measured.values()].map((rounds) => median(rounds));
const entryBytes = await bytesPerEntry(join(folder.path, "trail-2"));
if (flags.json) console.log(JSON.stringify({ rows, entryBytes }));
else {
  console.log(
    formatTable(
      ["audit trail", "requests/s", "p50, ms", "p99, ms", "processor, ms a request", "fsyncs a request"],
      rows.map(({ arm, requestsPerSecond, p50Ms, p99Ms, processorMs, fsyncsPerRequest }) => [
        arm,
        requestsPerSecond.toFixed(0),
        p50Ms.toFixed(1),
        p99Ms.toFixed(1),
        processorMs.toFixed(2),
        fsyncsPerRequest.toFixed(2),
      ]),
    ),
  );
  const [without, , withTrail] = rows;
  const ratio = withTrail!.processorMs / without!.processorMs;
  console.log(`\nThe processor is busy ${ratio.toFixed(2)} times as long with the trail.`);
  console.log(`${entryBytes.toFixed(0)} bytes an entry, checkpoints included.`);
}

async function measure(arm: string, audit: GenerationAudit | undefined, rate: number | undefined): Promise<Measured> {
  const service = createService({
    model: () => synthesiser,
    authenticator: acceptTokens([hashToken(token)]),
    ...(audit && { audit }),
  });
  await service.listen({ host: "127.0.0.1", port: 0 });
  const before = fsyncs.count;
  const processor = process.cpuUsage();
  const times: number[] = [];
  const load = autocannon({
    url: `http://127.0.0.1:${(service.server.address() as AddressInfo).port}/generate`,
    method: "POST",
    connections,
    duration: Number(flags.seconds),
    ...(rate !== undefined && { overallRate: rate }),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ survival_time: 800, event_occurred: 0 }),
  });
  load.on("response", (_, __, ___, responseTimeMs) => void times.push(responseTimeMs));
  const { non2xx, errors, duration } = await load;
  const { user, system } = process.cpuUsage(processor);
  await service.close();
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} requests were not answered with 200`);
  times.sort((a, b) => a - b);
  return {
    arm,
    requestsPerSecond: times.length / duration,
    p50Ms: times[Math.floor(times.length * 0.5)]!,
    p99Ms: times[Math.floor(times.length * 0.99)]!,
    processorMs: (user + system) / 1000 / times.length,
    fsyncsPerRequest: (fsyncs.count - before) / times.length,
  };
}

function recordIn(trail: AuditTrail): GenerationAudit {
  const log = createAuditLog(trail, { isRequired: true, onUnwritten: () => undefined });
  return {
    record: ({ requestId, principal, modelVersion, format, patientCount, seed, profile }) =>
      log.enter({
        action: "patients.generated",
        principal: `client:${principal}`,
        detail: {
          model: modelVersion,
          patients: patientCount,
          conditions: binConditions(profile),
          profileDigest: profileKey.digestProfile(profile),
          seedDigest: profileKey.digestSeed(seed),
          format,
          request: requestId,
        },
      }),
  };
}

/** Counts the calls of fdatasync, which is what the trail waits for. */
async function countFsyncs(directory: string): Promise<{ count: number }> {
  const counter = { count: 0 };
  await using file = await open(join(directory, "any"), "w");
  const prototype = Object.getPrototypeOf(file) as { datasync: () => Promise<void> };
  const { datasync } = prototype;
  prototype.datasync = function count(this: unknown) {
    counter.count += 1;
    return datasync.call(this);
  };
  return counter;
}

function median(rounds: readonly Measured[]): Measured {
  const middle = (of: (one: Measured) => number): number =>
    rounds.map(of).toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)]!;
  return {
    arm: rounds[0]!.arm,
    requestsPerSecond: middle((one) => one.requestsPerSecond),
    p50Ms: middle((one) => one.p50Ms),
    p99Ms: middle((one) => one.p99Ms),
    processorMs: middle((one) => one.processorMs),
    fsyncsPerRequest: middle((one) => one.fsyncsPerRequest),
  };
}

async function bytesPerEntry(directory: string): Promise<number> {
  let bytes = 0;
  let entries = 0;
  for (const name of await readdir(join(directory, "segments"))) {
    bytes += (await stat(join(directory, "segments", name))).size;
  }
  for await (const _ of readEntries({ directory })) entries += 1;
  return bytes / entries;
}
