// Time and peak memory of loading an expression matrix, beside a plain COPY … TO of the same table.
//
//   node bench/load.ts [--patients 1000] [--genes 20000] [--arms long,arrays,wide] [--repeats 2] [--json]
//
// Starts a PostgreSQL server of its own and fills it. Each load has a process of its own; it and the COPY take turns,
// and the best of the repeats of each is shown.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  findServerPrograms,
  startRealServer,
  type RealServer,
} from "../packages/connectors/src/database/testing/real-server.ts";
import { formatTable } from "./measures/text-table.ts";
import { askProcess } from "./processes/ask-process.ts";
import type { LoadAnswer, LoadQuestion } from "./processes/load-process.ts";

/** Of the time that COPY takes. */
const mostTimes = 3;
const mostMebibytes = 1024;

/** One way of holding the matrix. Add another by a member of `arms`, and how it is read in load-process.ts. */
interface Arm {
  /** The table with the matrix, whose COPY is the limit. */
  readonly table: string;
  readonly fill: readonly string[];
  readonly question: (server: RealServer) => LoadQuestion;
}

const { values: flags } = parseArgs({
  options: {
    patients: { type: "string", default: "1000" },
    genes: { type: "string", default: "20000" },
    arms: { type: "string", default: "long,arrays,wide" },
    repeats: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});

function wholeNumber(flag: "patients" | "genes" | "repeats"): number {
  const value = Number(flags[flag]);
  if (!(Number.isInteger(value) && value >= 1)) throw new Error(`--${flag} takes a whole number from 1 on`);
  return value;
}

const patients = wholeNumber("patients");
const genes = wholeNumber("genes");
const repeats = wholeNumber("repeats");

// log2(TPM+1) with seven digits, as a real is written.
const value = (gene: string, patient: string) => `(abs(sin(${gene} * 0.37 + ${patient} * 1.13)) * 14)::real`;
const patientIds = Array.from({ length: patients }, (_, index) => `P${String(index + 1).padStart(5, "0")}`);
const fromDatabase =
  (table: string) =>
  ({ address }: RealServer): LoadQuestion => ({ source: "database", address, table });

const arms: Readonly<Record<string, Arm>> = {
  long: {
    table: "expression_long",
    fill: [
      `CREATE UNLOGGED TABLE expression_long AS
         SELECT 'GENE' || g AS gene, 'P' || lpad(p::text, 5, '0') AS patient_id, ${value("g", "p")} AS value
           FROM generate_series(1, ${genes}) g, generate_series(1, ${patients}) p`,
    ],
    question: fromDatabase("expression_long"),
  },
  arrays: {
    table: "expression_arrays",
    fill: [
      `CREATE UNLOGGED TABLE expression_arrays AS
         SELECT 'GENE' || g AS gene, (SELECT array_agg('P' || lpad(p::text, 5, '0') ORDER BY p)
                                        FROM generate_series(1, ${patients}) p) AS patient_ids,
                (SELECT array_agg(${value("g", "p")} ORDER BY p) FROM generate_series(1, ${patients}) p) AS values
           FROM generate_series(1, ${genes}) g`,
    ],
    question: fromDatabase("expression_arrays"),
  },
  wide: {
    table: "expression_wide",
    fill: [
      `CREATE UNLOGGED TABLE expression_wide AS
         SELECT 'GENE' || g AS gene, ${patientIds.map((id, index) => `${value("g", String(index + 1))} AS "${id}"`).join(", ")}
           FROM generate_series(1, ${genes}) g`,
    ],
    question: fromDatabase("expression_wide"),
  },
};

interface Result {
  readonly arm: string;
  readonly copySeconds: number;
  readonly load: LoadAnswer;
  readonly times: number;
}

const chosen = flags.arms.split(",").map((name) => {
  const arm = arms[name];
  if (arm === undefined) throw new Error(`--arms takes ${Object.keys(arms).join(", ")}, joined by commas`);
  return [name, arm] as const;
});
if (findServerPrograms() === undefined) throw new Error("PostgreSQL's server (initdb) is not on this machine");

const results: Result[] = [];
const server = await startRealServer();
try {
  await runStatement(server, [
    `CREATE TABLE patients AS
       SELECT 'P' || lpad(p::text, 5, '0') AS patient_id, 15.0 AS age, p % 2 AS os_status, 20.0 AS os_months,
              'no' AS metastatic_at_diagnosis
         FROM generate_series(1, ${patients}) p`,
    "CREATE TABLE mutations (patient_id text, gene text, variant_classification text)",
  ]);
  for (const [name, arm] of chosen) {
    await runStatement(server, [...arm.fill, `ANALYZE ${arm.table}`, "CHECKPOINT"]);
    const copies: number[] = [];
    const loads: LoadAnswer[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      copies.push(await runStatement(server, [`COPY ${arm.table} TO STDOUT`]));
      const module = new URL("./processes/load-process.ts", import.meta.url);
      loads.push(await askProcess<LoadAnswer>(module, arm.question(server)));
    }
    await runStatement(server, [`DROP TABLE ${arm.table}`]);
    const load = loads.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    const peakMebibytes = Math.max(...loads.map((each) => each.peakMebibytes));
    const copySeconds = Math.min(...copies);
    results.push({ arm: name, copySeconds, load: { ...load, peakMebibytes }, times: load.seconds / copySeconds });
  }
} finally {
  server.stop();
}

const isMissed = ({ times, load }: Result): boolean =>
  times > mostTimes || load.peakMebibytes > mostMebibytes || load.patients !== patients || load.genes !== genes;

if (flags.json) {
  console.log(JSON.stringify({ patients, genes, repeats, results, mostTimes, mostMebibytes }));
} else {
  console.log(`Loading ${patients} patients × ${genes} genes, best of ${repeats}, each in a process of its own\n`);
  const rows = results.map(({ arm, copySeconds, load, times }) => [
    arm,
    load.seconds.toFixed(2),
    load.cpuSeconds.toFixed(2),
    copySeconds.toFixed(2),
    times.toFixed(2),
    String(mostTimes),
    load.peakMebibytes.toFixed(0),
    String(mostMebibytes),
  ]);
  console.log(formatTable(["form", "load s", "CPU s", "COPY s", "times", "target", "peak MiB", "target MiB"], rows));
  console.log(results.some(isMissed) ? "\nA target is MISSED." : "\nEvery target is reached.");
}
if (results.some(isMissed)) process.exitCode = 1;

/** Runs statements by psql, which throws the rows away. Returns the seconds. */
async function runStatement({ address }: RealServer, statements: readonly string[]): Promise<number> {
  const start = performance.now();
  const { host, port, user, database, password } = address;
  const psql = spawn(
    join(findServerPrograms()!, "psql"),
    ["-h", host, "-p", String(port), "-U", user, "-d", database, "-qX", "-v", "ON_ERROR_STOP=1", "-f", "-"],
    { stdio: ["pipe", "ignore", "inherit"], env: { ...process.env, PGPASSWORD: password } },
  );
  psql.stdin.end(`${statements.join(";\n")};\n`);
  const [code] = (await once(psql, "exit")) as [number];
  if (code !== 0) throw new Error("psql failed");
  return (performance.now() - start) / 1000;
}
