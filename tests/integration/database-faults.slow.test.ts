import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { OsteonError } from "@osteon/errors";
import { checkSource, type RunManifest } from "@osteon/pipeline";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openServerSession } from "../../packages/connectors/src/database/driver/open-server-session.ts";
import type { SqlSession } from "../../packages/connectors/src/database/driver/sql-session.ts";
import {
  skipsRealServer,
  startRealServer,
  type RealServer,
} from "../../packages/connectors/src/database/testing/real-server.ts";
import { needlesOf, searchFolder } from "./support/search-bytes.ts";
import { observeRun, smallConfiguration, temporaryFolder } from "./support/small-run.ts";

/*
 * What may happen to a database while patients are read from it. A gate inside a view holds the reading at a row:
 * a function that waits for a lock which the test has, but for the digest that a run takes before it reads.
 */

/** Stands in every id and every text. */
const canary = "KANARIE";
const gates = { mutations: 42, expression: 43 } as const;

const grant = "GRANT SELECT ON ALL TABLES IN SCHEMA hospital TO reader";
const hospital = [
  "CREATE SCHEMA hospital",
  `CREATE FUNCTION hospital.gate(id bigint) RETURNS boolean LANGUAGE plpgsql AS $$
     BEGIN
       IF current_query() NOT LIKE '%hashtextextended%' THEN PERFORM pg_advisory_xact_lock_shared(id); END IF;
       RETURN true;
     END $$`,
  `CREATE TABLE hospital.patients AS
     SELECT '${canary}-' || p AS patient_id, 8.0 + p % 9 AS age, p % 2 AS os_status, 10.0 + p AS os_months,
            CASE WHEN p % 3 = 0 THEN 'yes' ELSE 'no' END AS metastatic_at_diagnosis, '${canary}' AS note
       FROM generate_series(1, 60) p`,
  `CREATE TABLE hospital.calls AS
     SELECT patient_id, CASE WHEN os_status = 0 THEN 'TP53' ELSE 'RB1' END AS gene,
            'Missense_Mutation' AS variant_classification
       FROM hospital.patients`,
  `CREATE VIEW hospital.mutations AS
     SELECT * FROM hospital.calls WHERE patient_id <> '${canary}-30' OR hospital.gate(${gates.mutations})`,
  `CREATE TABLE hospital.copy_number AS
     SELECT gene, patient_id, 1::smallint AS value FROM hospital.patients, unnest(ARRAY['MYC', 'RUNX2', 'TP53']) gene`,
  `CREATE TABLE hospital.measured AS
     SELECT (g - 1) * 60 + p AS n, 'GENE' || g AS gene, '${canary}-' || p AS patient_id,
            (7 + 5 * sin(g * p))::real AS value
       FROM generate_series(1, 2500) g, generate_series(1, 60) p`,
  `CREATE VIEW hospital.expression AS
     SELECT gene, patient_id, value FROM hospital.measured WHERE n <> 140000 OR hospital.gate(${gates.expression})`,
  "CREATE ROLE reader LOGIN PASSWORD 'reads'",
  "GRANT USAGE ON SCHEMA hospital TO reader",
  grant,
];

const data = {
  source: "postgres",
  queries: {
    patients: { view: "hospital.patients" },
    mutations: { view: "hospital.mutations" },
    copy_number: { view: "hospital.copy_number" },
    expression: { view: "hospital.expression" },
  },
};
const configuration = smallConfiguration({ data });

const skip = skipsRealServer();

describe.skipIf(skip)("when something happens to the database", () => {
  let server: RealServer;
  let owner: SqlSession;
  beforeAll(async () => {
    server = await startRealServer();
    await using session = await openServerSession(server.address);
    for (const statement of hospital) await session.run(statement);
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    owner = await reconnect(server);
    await owner.run(grant);
  });
  afterEach(() => owner.close());

  async function run(directory: string, configured = configuration): Promise<RunManifest> {
    const databaseAddress = { ...server.address, user: "reader", password: "reads" };
    const steps = ["load", "deidentify"] as const;
    return (await observeRun({ configuration: configured, directory, databaseAddress, steps })).manifest;
  }

  /** Runs, and does something while the reading stands at a gate. */
  async function runWhile(
    directory: string,
    gate: number,
    act: (ended: Promise<unknown>) => Promise<unknown>,
    configured = configuration,
  ): Promise<RunManifest | Error> {
    await owner.run(`select pg_advisory_lock(${gate})`);
    const ended = run(directory, configured).catch((error: unknown) => error as Error);
    const standing = "select count(*)::text from pg_locks where locktype = 'advisory' and not granted";
    while ((await owner.run(standing))[0]![0] === "0") {
      const before = await Promise.race([ended, delay(20, undefined)]);
      if (before !== undefined) throw new Error("the run ended before the gate", { cause: before });
    }
    await act(ended);
    await owner.run(`select pg_advisory_unlock(${gate})`).catch(() => undefined);
    return ended;
  }

  /** That a run failed with a code, said no value, and left nothing of a patient; and that the next one works. */
  async function expectFailure(directory: string, failure: unknown, code: string): Promise<void> {
    expect(failure).toBeInstanceOf(OsteonError);
    const { message, parameters } = failure as OsteonError;
    expect(failure).toMatchObject({ code });
    expect(JSON.stringify([message, parameters])).not.toMatch(new RegExp(`${canary}|GENE|TP53`));
    expectNothingHalfWritten(directory);
  }

  function expectNothingHalfWritten(directory: string): void {
    const files = readdirSync(directory, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /^cohort\/|partial|tmp|deidentification/.test(file))).toEqual([]);
    expect(searchFolder(directory, new Map(needlesOf("a patient", canary)), () => false)).toEqual([]);
  }

  async function expectRunWorks(directory: string): Promise<void> {
    const { steps } = await run(directory);
    expect(steps).toMatchObject({ load: { status: "done" }, deidentify: { status: "done" } });
    const { patients } = JSON.parse(readFileSync(`${directory}/deidentification.json`, "utf8"));
    expect(patients).toBe(60);
  }

  it("tells that the server died in the middle of a table, and reads it once that is back", async () => {
    const directory = temporaryFolder();
    const failure = await runWhile(directory, gates.expression, async () => {
      const [[pid] = [null]] = await owner.run(
        "select pid::text from pg_stat_activity where usename = 'reader' and wait_event = 'advisory'",
      );
      // The server ends every session after that, recovers from its log and takes new ones.
      process.kill(Number(pid), "SIGKILL");
    });
    await expectFailure(directory, failure, "connectors.database-lost");
    expect((failure as OsteonError).definition.retryable).toBe(true);
    owner = await reconnect(server);
    await expectRunWorks(directory);
  });

  it("tells that a session was ended by the server's administrator", async () => {
    const directory = temporaryFolder();
    const failure = await runWhile(directory, gates.mutations, () =>
      owner.run("select pg_terminate_backend(pid)::text from pg_stat_activity where usename = 'reader'"),
    );
    await expectFailure(directory, failure, "connectors.database-lost");
    await expectRunWorks(directory);
  });

  it("does not wait for ever for a table that gives no further row", async () => {
    const directory = temporaryFolder();
    const hasty = smallConfiguration({ data: { ...data, statement_timeout_seconds: 6 } });
    const failure = await runWhile(directory, gates.expression, (ended) => ended, hasty);
    await expectFailure(directory, failure, "connectors.query-timeout");
    await expectRunWorks(directory);
  });

  it("tells which table's right was taken away after it was checked", async () => {
    const directory = temporaryFolder();
    const failure = await runWhile(directory, gates.mutations, () =>
      owner.run("REVOKE SELECT ON hospital.expression FROM reader"),
    );
    await expectFailure(directory, failure, "connectors.query-refused");
    expect((failure as OsteonError).message).toMatch(/hospital\.expression reads what this role may not read/);
    const again: unknown = await run(directory).catch((error: unknown) => error);
    await expectFailure(directory, again, "connectors.query-columns");
    await owner.run(grant);
    await expectRunWorks(directory);
  });

  it("tells the column whose type changed since the check", async () => {
    const databaseAddress = { ...server.address, user: "reader", password: "reads" };
    const signal = new AbortController().signal;
    const request = { configuration, databaseAddress, columnsOnly: true, signal, progress: () => undefined };
    expect((await checkSource(request)).database?.faults).toEqual([]);
    await owner.run(`ALTER TABLE hospital.copy_number ALTER value TYPE text USING '${canary}'`);
    const directory = temporaryFolder();
    const failure: unknown = await run(directory).catch((error: unknown) => error);
    await expectFailure(directory, failure, "connectors.query-columns");
    expect((failure as OsteonError).message).toMatch(/hospital\.copy_number.*value/s);
    await owner.run("ALTER TABLE hospital.copy_number ALTER value TYPE smallint USING 1");
    await expectRunWorks(directory);
  });

  it("keeps a type from changing between the check and the reading, and in the middle of it", async () => {
    const directory = temporaryFolder();
    await owner.run("set lock_timeout = '200ms'");
    const changed: unknown[] = [];
    const manifest = await runWhile(directory, gates.mutations, async () => {
      const change = owner.run(`ALTER TABLE hospital.copy_number ALTER value TYPE text USING '${canary}'`);
      changed.push(await change.catch((error: unknown) => error));
    });
    await owner.run("reset lock_timeout");
    expect(changed).toMatchObject([{ code: "55P03" }]);
    expect(manifest).toMatchObject({ steps: { deidentify: { status: "done" } } });
  });

  const mayMount = process.getuid?.() === 0 && spawnSync("sh", ["-c", "command -v mount"]).status === 0;
  if (!mayMount) process.stderr.write("\nNOT ROOT: the test that fills a disk of its own is skipped.\n");

  it.skipIf(!mayMount)(
    "tells that the disk is full, leaves nothing half-written, and goes on once there is room",
    async () => {
      const directory = temporaryFolder();
      system("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", directory);
      onTestFinished(() => system("umount", "-l", directory));
      const failure: unknown = await run(directory).catch((error: unknown) => error);
      await expectFailure(directory, failure, "system.no-space");
      system("mount", "-o", "remount,size=64m", directory);
      await expectRunWorks(directory);
    },
  );
});

/** Runs a program of the system. */
function system(program: string, ...words: readonly string[]): void {
  const { status, stderr } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr}`);
}

async function reconnect(server: RealServer): Promise<SqlSession> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await openServerSession(server.address);
    } catch (error) {
      if (attempt === 100) throw error;
      await delay(100);
    }
  }
}
