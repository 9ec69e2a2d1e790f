import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunManifest } from "@osteon/pipeline";
import type { OsteonError } from "@osteon/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodeOf } from "../../apps/cli/src/exit-codes.ts";
import { loadCommands } from "../../apps/cli/src/commands/command-loaders.ts";
import { createProgram } from "../../apps/cli/src/program.ts";
import {
  skipsRealServer,
  startRealServer,
  type RealServer,
} from "../../packages/connectors/src/database/testing/real-server.ts";
import { writeCanaryStudy } from "./support/canary-study.ts";
import { needlesOf, searchFolder } from "./support/search-bytes.ts";

/** Embedded databases are opened many times, each of which is much work for a busy machine. */
const longestMs = 300_000;

const skip = skipsRealServer();
let folder: string;
let server: RealServer | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-database-"));
  if (!skip) server = await startRealServer();
});
afterAll(() => {
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A configuration that reads a schema of the demonstration database. */
function configure(schema: string): string {
  const file = join(folder, `${schema}.yaml`);
  const text =
    `data: { source: postgres, schema: ${schema}, directory: embedded, any_age: true }\n` +
    "cohort: { small_cohort: true }\nstorage: { directory: ledger }\n";
  writeFileSync(file, text);
  return file;
}

/** The command line with its environment, without a process; paths are made absolute. */
async function osteon(environment: Record<string, string>, ...words: string[]) {
  const told = { stdout: "", stderr: "" };
  const program = createProgram(
    {
      environment,
      terminal: { line: (text) => void (told.stderr += `${text}\n`), status: () => undefined },
      print: (text) => void (told.stdout += `${text}\n`),
      signal: new AbortController().signal,
    },
    await loadCommands(words),
  );
  try {
    await program.parseAsync(words, { from: "user" });
    return { code: 0, ...told };
  } catch (error) {
    return {
      code: exitCodeOf(error),
      ...told,
      stderr: `${told.stderr}${(error as OsteonError).message} [${(error as OsteonError).code}]`,
    };
  }
}
const demonstration = ["demo", "database", "--patients", "60", "--genes", "60"];
const firstSteps = ["--steps", "load,deidentify,check"];
const manifestOf = (run: string) => JSON.parse(readFileSync(join(folder, run, "manifest.json"), "utf8")) as RunManifest;

describe("the pipeline from SQL", () => {
  it(
    "goes from an embedded database that a command fills, and repeats nothing while the rows stay",
    async () => {
      expect(await osteon({}, ...demonstration, "--dir", join(folder, "embedded"))).toMatchObject({
        code: 0,
        stdout: "",
      });
      const again = await osteon({}, ...demonstration, "--dir", join(folder, "embedded"));
      expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/example-exists/)]);

      const config = configure("example");
      const check = await osteon({}, "source", "check", "--config", config);
      expect(check).toMatchObject({ code: 0, stderr: "" });
      expect(check.stdout).toMatch(
        /^patients: 60 rows\n {2}taken {4}PATIENT_ID, SEX, AGE.*\n {2}dropped {2}cancer_type/m,
      );
      expect(check.stdout).toMatch(/^mutations: \d+ rows\n {2}taken {4}Hugo_Symbol from gene, /m);
      expect(check.stdout).toMatch(/^expression: [\d,]+ rows, long form$/m);
      expect(check.stdout).toMatch(/^Cohort: 60 patients, \d+ complete/m);
      expect(check.stdout).not.toContain("DEMO-");

      const run = ["run", "--config", config, "--run", join(folder, "run"), ...firstSteps];
      expect(await osteon({}, ...run)).toMatchObject({ code: 0 });
      const { load } = manifestOf("run").steps;
      expect(load?.inputs).toEqual({ database: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(load?.detail).toMatchObject({ patients: 60 });
      expect((await osteon({}, ...run)).stderr).toMatch(/load +kept/);
    },
    longestMs,
  );

  it.skipIf(skip)(
    "goes from a server, whose password is written and said nowhere",
    async () => {
      const { host, port, database, user, password } = server!.address;
      const place = { DB_HOST: host, DB_PORT: `${port}`, DB_NAME: database, DB_USER: user };
      writeFileSync(join(folder, "password"), `${password}\n`);
      const environment = { ...place, DB_PASSWORD_FILE: join(folder, "password") };
      const url = { DATABASE_URL: `postgresql://${user}:${password}@${host}:${port}/${database}` };

      const filled = await osteon(url, ...demonstration, "--server", "--schema", "Example 2");
      expect(filled).toMatchObject({ code: 0 });
      const config = configure("Example 2");
      const check = await osteon(environment, "source", "check", "--config", config, "--columns-only", "--json");
      expect(JSON.parse(check.stdout)).toMatchObject({
        source: "postgres",
        database: { place: `${host}:${port}/${database}`, faults: [], excessRights: ["is a superuser"] },
      });
      const run = await osteon(environment, "run", "--config", config, "--run", join(folder, "served"), ...firstSteps);
      expect(run.code).toBe(0);
      const wrong = await osteon(
        { ...place, DB_PASSWORD: `${password}x` },
        "run",
        "--config",
        config,
        "--run",
        join(folder, "served"),
      );
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("connectors.database-login")]);
      const missing = await osteon(url, "source", "check", "--config", configure("absent"));
      expect([missing.code, missing.stdout]).toEqual([
        2,
        expect.stringMatching(/To be mended:\n {2}✘ patients names a/),
      ]);

      const told = [filled, check, run, wrong, missing].flatMap(({ stdout, stderr }) => [stdout, stderr]).join("");
      expect(told).not.toContain(password);
      const needles = new Map(needlesOf("password", password!));
      expect(searchFolder(join(folder, "served"), needles, () => false)).toEqual([]);
      expect(searchFolder(join(folder, "ledger"), needles, () => false)).toEqual([]);
    },
    longestMs,
  );
});

describe("osteon source check of a study", () => {
  it("tells what would be dropped, and nothing of a patient", async () => {
    const { directory } = writeCanaryStudy(folder);
    const config = join(folder, "study.yaml");
    writeFileSync(config, `data: { source: cbioportal, path: "${directory}" }\n`);
    const sound = await osteon({}, "source", "check", "--config", config);
    expect(sound).toMatchObject({ code: 0, stderr: "" });
    expect(sound.stdout).toMatch(/^Cohort: 48 patients, \d+ complete/m);
    expect(sound.stdout).toContain("identifier in a dropped column: SSN of clinical-patient (social security number)");

    for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
      const file = join(directory, name);
      if (statSync(file).isFile()) writeFileSync(file, readFileSync(file, "utf8").replaceAll("KNRVGL-", "731-07-"));
    }
    const leaking = await osteon({}, "source", "check", "--config", config);
    expect([leaking.code, leaking.stderr]).toEqual([4, expect.stringContaining("identifier-found")]);
    expect(leaking.stdout).toContain("✘ identifier in a column that is taken: PATIENT_ID of clinical-patient");
    expect(sound.stdout + leaking.stdout + leaking.stderr).not.toMatch(/KANARIENVOGEL|KNRVGL|731-07|@vogel/);
  });
});
