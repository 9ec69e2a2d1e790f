import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { modelDescriptionSchema } from "@osteon/contracts";
import { runLayout, runPipeline } from "@osteon/pipeline";
import { createIdentityFile } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOsteon, startOsteon, type OsteonProcess } from "./support/osteon-process.ts";
import { failureOf } from "./support/in-process.ts";
import { smallConfiguration } from "./support/small-run.ts";

/** A folder with a finished run, `run`, and its package and key apart from it, `model.osteon` and `key.txt`. */
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-cli-model-"));
  const directory = join(folder, "run");
  // So many that five of them were metastatic and died early.
  const data = { source: "demonstration", patients: 120, genes: 60 };
  await runPipeline({
    configuration: smallConfiguration({ data, training: { effective_size_refits: 5 } }),
    directory,
    osteonVersion: "0.1.0",
  });
  cpSync(join(directory, runLayout.package), join(folder, "model.osteon"));
  cpSync(join(directory, runLayout.identity), join(folder, "key.txt"));
  await createIdentityFile(join(folder, "other-key.txt"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const osteon = (...words: string[]) => runOsteon(words, { cwd: folder });
const readTable = (path: string): Record<string, string>[] => {
  const [header, ...rows] = readFileSync(join(folder, path), "utf8").trimEnd().split("\n");
  const columns = header!.split(",");
  return rows.map((row) => Object.fromEntries(row.split(",").map((cell, i) => [columns[i]!, cell])));
};
const provenanceOf = (out: string) =>
  JSON.parse(readFileSync(join(folder, out, "provenance.json"), "utf8")) as Record<string, unknown> & {
    files: { name: string; sha256: string }[];
  };

describe("osteon generate", () => {
  it("honours every condition, in the units of the option, and says what was asked for", async () => {
    const forAlive = "--survival-time 2000 --event-occurred 0 --age 12.5 --metastasis 0".split(" ");
    const forDead = "--survival-time 1000 --event-occurred 1 --metastasis 1".split(" ");
    const [alive, dead] = await Promise.all([
      osteon("generate", "-m", "run", "-o", "alive", "-n", "40", "--seed", "5", ...forAlive),
      osteon("generate", "-m", "model.osteon", "--key", "key.txt", "-o", "dead", "-n", "40", "--json", ...forDead),
    ]);
    expect(alive).toMatchObject({ code: 0, stdout: "" });
    expect(alive.stderr).toBe("40 synthetic patients are in alive.\n");
    const living = readTable("alive/clinical.csv");
    expect(living).toHaveLength(40);
    for (const row of living) {
      expect(row).toMatchObject({ age_years: "12.5", metastasis: "0" });
      expect(Number(row["survival_days"])).toBeGreaterThanOrEqual(2000);
    }
    for (const row of readTable("dead/clinical.csv")) {
      expect(row).toMatchObject({ survival_days: "1000", event_occurred: "1", metastasis: "1" });
    }
    const { modelVersion } = provenanceOf("dead");
    expect(JSON.parse(dead.stdout)).toEqual({
      directory: "dead",
      count: 40,
      replicates: 1,
      seed: 1,
      profile: { survival_time: 1000, event_occurred: 1, metastasis: 1 },
      modelVersion,
    });
    expect(provenanceOf("alive")).toMatchObject({
      count: 40,
      seed: 5,
      patients: 40,
      simulated: true,
      trainedOnSimulatedPatients: true,
      notice: expect.stringContaining("not for clinical decisions"),
      profile: { survival_time: 2000, event_occurred: 0, age: 12.5, metastasis: 0 },
      osteonVersion: "0.1.0",
    });
    for (const name of ["mutations", "copy_number", "expression", "pathways"]) {
      const rows = readTable(`alive/${name}.csv`);
      expect(rows.map((row) => row["patient_id"])).toEqual(living.map((row) => row["patient_id"]));
    }
  });

  it("gives the same files for the same seed, others for another, and replaces only what it made", async () => {
    const generate = (...words: string[]) => osteon("generate", "-m", "run", "-n", "7", ...words);
    const made = await Promise.all([
      generate("-o", "a", "--seed", "9"),
      generate("-o", "b", "--seed", "9"),
      generate("-o", "c", "--seed", "10"),
    ]);
    expect(made.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(provenanceOf("a").files).toEqual(provenanceOf("b").files);
    expect(provenanceOf("c").files[0]?.sha256).not.toBe(provenanceOf("a").files[0]?.sha256);

    mkdirSync(join(folder, "mine"));
    writeFileSync(join(folder, "mine", "thesis.txt"), "mine");
    const before = provenanceOf("a");
    const [again, foreign, file] = await Promise.all([
      generate("-o", "a", "--seed", "11"),
      generate("-o", "mine", "--replace"),
      generate("-o", "key.txt", "--replace"),
    ]);
    expect([again, foreign, file].map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(again.stderr).toMatch(/a exists and is not an empty folder/);
    expect(foreign.stderr).toMatch(/mine holds something other than an earlier export/);
    expect(provenanceOf("a")).toEqual(before);
    expect(readdirSync(join(folder, "mine"))).toEqual(["thesis.txt"]);

    expect((await generate("-o", "a", "--seed", "11", "--replace")).code).toBe(0);
    expect(provenanceOf("a")).toMatchObject({ seed: 11 });
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("writes replicates of a seed that share no patient, and says what they are worth", async () => {
    const outcome = await osteon("generate", "-m", "run", "-o", "many", "-n", "8", "--replicates", "3", "--seed", "5");
    expect(outcome).toMatchObject({ code: 0, stderr: "24 synthetic patients are in many.\n" });
    expect(readdirSync(join(folder, "many")).sort()).toEqual([
      "provenance.json",
      "replicate-1",
      "replicate-2",
      "replicate-3",
    ]);
    const ids = [1, 2, 3].flatMap((k) => readTable(`many/replicate-${k}/clinical.csv`).map((row) => row["patient_id"]));
    expect(ids).toEqual(Array.from({ length: 24 }, (_, i) => `SYN-5-${i}`));
    const note = {
      statement: expect.stringMatching(/^These 24 synthetic patients are worth \d+ real ones\. /),
      combiningRule: expect.stringContaining("patientsPerReplicate / effectivePatients"),
      replicates: 3,
      patientsPerReplicate: 8,
      effectiveSampleSize: { refits: 5, groups: expect.arrayContaining([]) },
    };
    expect(provenanceOf("many")).toMatchObject({
      inference: note,
      folders: ["replicate-1", "replicate-2", "replicate-3"],
    });
    expect(provenanceOf("many/replicate-3")).toMatchObject({
      inference: note,
      replicate: 3,
      firstIndex: 16,
      patients: 8,
    });
    expect(provenanceOf("run/synthetic/unconditional")).toMatchObject({
      inference: { statement: expect.stringMatching(/^These 30 synthetic patients are worth/), replicates: 1 },
    });
  });

  it("refuses bad options and models, each by name, and writes nothing", async () => {
    const truncated = readFileSync(join(folder, "model.osteon")).subarray(0, -100);
    writeFileSync(join(folder, "truncated.osteon"), truncated);
    const altered = Buffer.from(readFileSync(join(folder, "model.osteon")));
    altered[altered.length - 50]! ^= 1;
    writeFileSync(join(folder, "altered.osteon"), altered);
    cpSync(join(folder, "run"), join(folder, "unfinished"), { recursive: true });
    const manifest = join(folder, "unfinished", runLayout.manifest);
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/("seal": \{\s+"status": )"done"/, '$1"failed"'));
    const at = (name: string) => join(folder, name);
    const rare = "--survival-time 41 --event-occurred 1 --age 4.2 --metastasis 1".split(" ");
    const cases: [string[], number, RegExp][] = [
      [["-m", at("run"), ...rare], 3, /Leave out (\w+ with )+\w+(, or (\w+ with )+\w+)*; or give one of them/],
      [["-m", at("run"), "--count", "0"], 2, /--count takes a whole number of 1 to 1,000,000/],
      [["-m", at("run"), "--replicates", "0"], 2, /--replicates takes a whole number of 1 to 100/],
      [["-m", at("run"), "--seed", "-1"], 2, /--seed takes a whole number of 0 to/],
      [["-m", at("run"), "--age", "200"], 2, /--age takes a number of 0 to 89 years/],
      [["-m", at("run"), "--age", "0x10"], 2, /--age takes a number of 0 to 89 years/],
      [["-m", at("run"), "--survival-time", "soon"], 2, /--survival-time takes a number of 0 to 36525 days/],
      [["-m", at("run"), "--event-occurred", "2"], 2, /--event-occurred takes 0 or 1/],
      [["-m", at("absent")], 2, /absent is neither a run directory with a sealed model nor a package file/],
      [["-m", at("model.osteon")], 2, /No key to open \S*model\.osteon was given/],
      [["-m", at("model.osteon"), "-k", at("absent.txt")], 2, /absent\.txt cannot be read \(ENOENT\)/],
      [["-m", at("model.osteon"), "-k", at("model.osteon")], 2, /model\.osteon holds no key that can be used/],
      [["-m", at("key.txt"), "-k", at("key.txt")], 2, /key\.txt is not a file that Osteon sealed/],
      [["-m", at("truncated.osteon"), "-k", at("key.txt")], 2, /truncated\.osteon ends too early/],
      [["-m", at("unfinished")], 2, /did not come to its end[^]*give \S*unfinished\/package\/model\.osteon itself/],
      [["-m", at("model.osteon"), "-k", at("other-key.txt")], 4, /is whole, but the key given does not open it/],
      [["-m", at("altered.osteon"), "-k", at("key.txt")], 4, /altered\.osteon was altered after it was sealed/],
    ];
    for (const [words, code, message] of cases) {
      const failure = await failureOf(["generate", "-o", at("refused"), ...words]);
      expect([words, failure.code]).toEqual([words, code]);
      expect(failure.message).toMatch(message);
    }
    expect(existsSync(join(folder, "refused"))).toBe(false);
  });
});

describe("osteon serve", () => {
  const serve = (...words: string[]) => startOsteon(["serve", "--port", "0", ...words], { cwd: folder });
  const addressOf = async (service: OsteonProcess): Promise<string> =>
    (await service.waitFor(/, at (http:\/\/\S+) \(token/))[1]!;
  const post = (address: string, body: object, token: string) =>
    fetch(`${address}/generate`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  it("serves a package to who has the token, and the same patient for the same seed", async () => {
    const service = serve("-m", "model.osteon", "--key", "key.txt");
    const address = await addressOf(service);
    const token = readFileSync(join(folder, "api-token"), "utf8").trim();
    const health = await fetch(`${address}/health`);
    expect([health.status, await health.json()]).toEqual([
      200,
      expect.objectContaining({ status: "healthy", model_loaded: true, model_version: provenanceVersion() }),
    ]);
    const profile = { survival_time: 800, event_occurred: 0, age: 15, seed: 3 };
    const bodies = await Promise.all([1, 2].map(async () => (await post(address, profile, token)).text()));
    expect(bodies[0]).toBe(bodies[1]);
    expect(JSON.parse(bodies[0]!)).toHaveProperty("mutations");
    expect((await post(address, profile, `${token}x`)).status).toBe(401);
    expect((await fetch(`${address}/generate`, { method: "POST" })).status).toBe(401);
    expect((await post(address, { age: -1 }, token)).status).toBe(422);
    const refused = await post(address, { survival_time: 41, event_occurred: 1, metastasis: 1 }, token);
    expect([refused.status, await refused.json()]).toEqual([
      422,
      expect.objectContaining({ code: "generator.rare-profile", retryable: false }),
    ]);

    const read = (path: string, accept: string) =>
      fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}`, accept } });
    const model = modelDescriptionSchema.parse(await (await read("/models/current", "*/*")).json());
    expect(model).toMatchObject({
      model_version: provenanceVersion(),
      family: "factor-copula",
      training_patients: expect.any(Number) as number,
      evaluation: { gate: { passed: false }, biological_score: { value: expect.any(Number) as number } },
      differential_privacy: null,
      smallest_cell: 5,
    });
    expect(model.genes.expression).toEqual(Object.keys((JSON.parse(bodies[0]!) as { expression: object }).expression));
    const card = await (await read(model.card!, "text/markdown")).text();
    expect(card).toBe(readFileSync(join(folder, "run", runLayout.modelCard), "utf8"));

    service.child.kill("SIGINT");
    const ending = await service.ended;
    expect(ending).toMatchObject({ code: 0, stdout: "" });
    expect(ending.stderr).toMatch(/"event":"service\.stopped","reason":"signal"/);
    expect(ending.stderr).not.toContain(token);
  });

  it("answers the request that is under way when it is told to stop, and then ends", async () => {
    writeFileSync(join(folder, "tokens.txt"), "# two\nfirst-token-of-the-lab\nsecond-token-of-the-lab\n");
    writeFileSync(join(folder, "serve.yaml"), "service: { token_path: tokens.txt, port: 1 }\n");
    const service = serve("-m", "run", "-c", "serve.yaml");
    const address = await addressOf(service);
    const response = await post(address, { count: 1000, seed: 1 }, "second-token-of-the-lab");
    // The first part of the answer is here, the rest is being made.
    service.child.kill("SIGTERM");
    const answer = (await response.json()) as { patients: unknown[] };
    expect(answer.patients).toHaveLength(1000);
    expect((await service.ended).code).toBe(0);
    await expect(fetch(`${address}/health`)).rejects.toThrow();
  });

  it("says clearly why it cannot start", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => void taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    writeFileSync(join(folder, "weak.txt"), "hunter2\n");
    const start = (words: string[], environment = {}) =>
      runOsteon(["serve", "-m", "run", ...words], { cwd: folder, environment });
    writeFileSync(join(folder, "proxy.yaml"), "service: { behind_proxy: true }\n");
    const [inUse, badPort, badHost, weak, absent, early, plain] = await Promise.all([
      start(["--port", `${port}`]),
      start(["--port", "99999"]),
      start(["--port", "0", "--host", "192.0.2.1", "-c", "proxy.yaml"]),
      start(["--port", "0"], { OSTEON_API_TOKEN_FILE: "weak.txt" }),
      start(["--port", "0"], { OSTEON_API_TOKEN_FILE: "absent.txt" }),
      runOsteon(["quickstart", "--out", "quick", "--port", `${port}`], { cwd: folder }),
      start(["--port", "0", "--host", "0.0.0.0"]),
    ]);
    taken.close();
    const endings = [inUse, badPort, badHost, weak, absent, early, plain];
    expect(endings.map(({ code }) => code)).toEqual([5, 2, 2, 2, 2, 5, 4]);
    expect(plain.stderr).toMatch(/plain HTTP at 0\.0\.0\.0.*service\.tls.*behind_proxy/);
    expect(inUse.stderr).toMatch(`Port ${port} of 127.0.0.1 is in use by another program`);
    expect(badPort.stderr).toContain("--port takes a whole number of 0 to 65535");
    expect(badHost.stderr).toContain("This computer has no address 192.0.2.1");
    expect(weak.stderr).toMatch(/weak\.txt holds a token of fewer than 16 characters/);
    expect(weak.stderr).not.toContain("hunter2");
    expect(absent.stderr).toContain("absent.txt, given by OSTEON_API_TOKEN_FILE, cannot be read (ENOENT)");
    // Before the work, not after it.
    expect(early.stderr).toContain(`Port ${port} of 127.0.0.1 is in use`);
    expect(existsSync(join(folder, "quick"))).toBe(false);
  });

  const provenanceVersion = (): unknown =>
    (
      JSON.parse(readFileSync(join(folder, "run", runLayout.manifest), "utf8")) as {
        steps: { seal: { detail: Record<string, unknown> } };
      }
    ).steps.seal.detail["modelVersion"];
});
