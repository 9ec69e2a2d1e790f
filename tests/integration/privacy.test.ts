import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runLayout } from "@osteon/pipeline";
import { openSealed, readIdentity, readPackage, type Identity } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { marks, writeCanaryStudy, type CanaryStudy } from "./support/canary-study.ts";
import { runOsteon, startOsteon, type Ending } from "./support/osteon-process.ts";
import { findNeedles, needlesOf, searchFolder, type Needles } from "./support/search-bytes.ts";

const token = "a-token-for-the-privacy-test";

let folder: string;
let study: CanaryStudy;
let needles: Needles;
let identity: Identity;
/** Everything that the commands wrote to the terminal, and that the service answered. */
const endings: Ending[] = [];
const answers: { status: number; headers: string; body: string }[] = [];

/*
 * One made-up study goes the whole way: run, serve (asked well and badly), generate, runs; also two runs that
 * fail. What came out is then searched for every patient's every identifier.
 */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-privacy-"));
  study = writeCanaryStudy(join(folder, "source"));
  needles = needlesFor(study);
  writeFileSync(
    join(folder, "osteon.yaml"),
    `
data: { source: cbioportal, path: "source/study of KANARIENVOGEL" }
cohort: { small_cohort: true }
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 5 }
generation: { unconditional_patients: 40, patients_per_scenario: 10 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 16 }
storage: { directory: out/ledger }
`,
  );
  writeFileSync(join(folder, "held-in.txt"), `${study.patientIds.slice(0, 44).join("\n")}\n`);
  const osteon = async (...words: string[]) => {
    const ending = await runOsteon(words, { cwd: folder });
    endings.push(ending);
    return ending;
  };
  const report = ["--report", "--check", "--json"];
  const officer = await osteon("deidentify", "-c", "osteon.yaml", "-r", "out/run", "-p", "held-in.txt", ...report);
  expect([officer.code, officer.stderr]).toEqual([3, expect.stringContaining("leaves open: 3. Identifiers; Data at")]);
  const run = await osteon("run", "-c", "osteon.yaml", "-r", "out/run", "--patients", "held-in.txt");
  expect([run.code, run.stderr]).toEqual([0, expect.stringContaining("✔ seal")]);
  await ask();
  expect((await osteon("generate", "-m", "out/run", "-o", "out/more", "-n", "30", "--age", "12")).code).toBe(0);
  expect((await osteon("runs", "-c", "osteon.yaml", "--json")).code).toBe(0);
  expect((await osteon("run", "-c", "osteon.yaml", "-r", "out/failed", ...unknownPatients())).code).toBe(2);
  breakAge(study);
  expect((await osteon("run", "-c", "osteon.yaml", "-r", "out/failed")).code).toBe(2);
  identity = await readIdentity(join(folder, "out/run", runLayout.identity));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the search", () => {
  it("finds a planted mark in each form, whatever stands around it", () => {
    for (const mark of Object.values(marks)) {
      const text = Buffer.from(mark);
      for (const before of ["", "x", "xy"]) {
        const base64 = Buffer.from(`${before}${mark}zz`).toString("base64");
        for (const planted of [mark, text.toString("hex"), text.toString("hex").toUpperCase(), base64]) {
          expect(findNeedles(Buffer.from(`\0\0${planted}\0`), needles).length).toBeGreaterThan(0);
        }
      }
      expect(findNeedles(Buffer.from(mark, "utf16le"), needles).length).toBeGreaterThan(0);
    }
    const age = Buffer.alloc(12);
    age.writeDoubleLE(study.exactAges[7]!, 3);
    expect(findNeedles(age, needles).length).toBeGreaterThan(0);
  });

  it("finds all of them in the source, and one that is planted in a copy of a result", () => {
    const found = searchFolder(join(folder, "source"), needles, () => false);
    for (const name of Object.keys(marks)) {
      expect([name, found.some((hit) => hit.endsWith(`${name}, plain`))]).toEqual([name, true]);
    }
    const package_ = readFileSync(join(folder, "out/run", runLayout.package));
    expect(findNeedles(package_, needles)).toEqual([]);
    package_.write("KNRVGL-0007", package_.length >> 1);
    expect(findNeedles(package_, needles)).toEqual(["patient and sample ids, plain"]);
  });

  it("is for more than a thousand marks, each in a field of its own", () => {
    const planted = readdirSync(study.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8").split(/[\t\n]/))
      .filter((cell) => Object.values(marks).some((mark) => cell.includes(mark)));
    expect(planted.length).toBeGreaterThanOrEqual(1000);
  });

  it("finds the ids in the one file that must hold them, once that is opened", async () => {
    const sealed = readFileSync(join(folder, "out/run", runLayout.sourceCohort));
    const opened = await openSealed(sealed, [identity]);
    expect(findNeedles(opened, needles)).toContain("patient and sample ids, plain");
    expect(findNeedles(opened, needles).filter((name) => !name.startsWith("patient") && !name.includes("age"))).toEqual(
      [],
    );
  });
});

describe("no identifier", () => {
  it("is in any file of the run, the ledger, the exports or the log, nor in a file's name", () => {
    const files = searchFolder(join(folder, "out"), needles, (path) => path.includes("/keys/"));
    expect(files).toEqual([]);
  });

  it("is in the models, the de-identified cohort or the account of the source, once they are opened", async () => {
    const run = join(folder, "out/run");
    for (const path of [runLayout.trainedModel, runLayout.package]) {
      const { manifest, tensors, documents, records } = await readPackage(join(run, path), identity);
      expect(Object.keys(tensors).length).toBeGreaterThan(3);
      expect(findNeedles(Buffer.from(JSON.stringify({ manifest, documents, records })), needles)).toEqual([]);
      for (const [name, { data }] of Object.entries(tensors)) {
        const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
        expect([name, findNeedles(bytes, needles)]).toEqual([name, []]);
      }
    }
    const deidentified = await openSealed(readFileSync(join(run, runLayout.deidentifiedCohort)), [identity]);
    expect(findNeedles(deidentified, needles)).toEqual([]);
    expect(Buffer.from(deidentified).includes("P-")).toBe(true);
    const account = await openSealed(readFileSync(join(run, runLayout.sourceAccount)), [identity]);
    const { files: _, ...told } = JSON.parse(new TextDecoder().decode(account)) as Record<string, unknown>;
    expect(findNeedles(Buffer.from(JSON.stringify(told)), needles)).toEqual([]);
  });

  it("is on the terminal, also where a run fails over a patient's value", () => {
    const written = endings.map(({ stdout, stderr }) => stdout + stderr);
    expect(written.at(-1)).toMatch(/data_clinical_patient\.txt, line 5, column 11 \(AGE\)/);
    for (const text of written) expect(findNeedles(Buffer.from(text), needles)).toEqual([]);
  });

  it("is in an answer of the service, also to who sends some", () => {
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 401, 401, 422, 422, 400, 404, 405, 415]);
    for (const answer of answers) expect(findNeedles(Buffer.from(JSON.stringify(answer)), needles)).toEqual([]);
  });

  it("is in the privacy officer's report, which tells what was dropped and why the alarm rang", () => {
    const text = readFileSync(join(folder, "out/run", runLayout.deidentificationReport), "utf8").replaceAll("\\", "");
    expect(text).toContain("| SSN | social security number | its values | 48 |");
    expect(text).toContain("| NOTES | not in the contract |");
    const [{ stdout }] = endings as [Ending];
    expect(JSON.parse(stdout)).toMatchObject({ format: "osteon-deidentification-report/1", passed: false });
    expect(JSON.parse(readFileSync(join(folder, "out/run/deidentification-report.json"), "utf8"))).toEqual(
      JSON.parse(stdout),
    );
  });

  it("is told of by the record of the de-identification, which names what it found and dropped", () => {
    const record = JSON.parse(readFileSync(join(folder, "out/run", runLayout.deidentificationRecord), "utf8")) as {
      dropped: { column: string }[];
      findings: { column: string; class: string }[];
    };
    const found = new Set(record.findings.map(({ column }) => column));
    for (const column of ["MRN", "SSN", "PATIENT_NAME", "EMAIL", "PHONE", "DATE_OF_BIRTH", "STREET_ADDRESS", "NOTES"]) {
      expect([column, found.has(column)]).toEqual([column, true]);
    }
    const dropped = record.dropped.map(({ column }) => column);
    expect(dropped).toEqual(expect.arrayContaining(["Start_Position", "HGVSp_Short", "dbSNP_RS", "SCANNER_IP"]));
  });
});

/** Asks the service as clients do, well and badly, with identifiers wherever a client can put something. */
async function ask(): Promise<void> {
  const service = startOsteon(["serve", "-m", "out/run", "--port", "0", "--log", "out/service.log"], {
    cwd: folder,
    environment: { OSTEON_API_TOKEN: token },
  });
  const [, address] = await service.waitFor(/at (http:\/\/\S+) \(token: \$OSTEON_API_TOKEN\)/);
  const authorized = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const id = study.patientIds[3]!;
  const post = (
    path: string,
    body: string,
    headers: Record<string, string> = authorized,
  ): RequestInit & { path: string } => ({
    path,
    method: "POST",
    headers: { "x-request-id": id, "user-agent": "KANARIENVOGEL", ...headers },
    body,
  });
  const requests = [
    { path: "/health", headers: { "user-agent": "KANARIENVOGEL" } },
    post("/generate", JSON.stringify({ survival_time: 800, event_occurred: 0, seed: 1 })),
    // Not an exact age: the patients that are asked for have the age that is asked for.
    post("/generate", JSON.stringify({ age: 12.5, count: 3, seed: 1 })),
    post("/generate", "{}", { "content-type": "application/json" }),
    post("/generate", "{}", { ...authorized, authorization: `Bearer ${id}` }),
    post("/generate", JSON.stringify({ age: `${id} aged ${study.exactAges[3]}`, metastasis: "KANARIENVOGEL" })),
    post("/generate", JSON.stringify({ age: 200.57721566, survival_time: -1 })),
    post("/generate", `{"age": ${id}`),
    post(`/patients/${id}`, "{}"),
    { path: `/generate?patient=${id}`, headers: authorized },
    post("/generate", `age=${id}`, { ...authorized, "content-type": "text/plain" }),
  ];
  for (const { path, ...init } of requests) {
    const response = await fetch(`${address}${path}`, init);
    const body = await response.text();
    answers.push({ status: response.status, headers: JSON.stringify([...response.headers]), body });
  }
  service.child.kill("SIGTERM");
  const ending = await service.ended;
  expect(ending.code).toBe(0);
  endings.push(ending);
}

function needlesFor({ exactAges }: CanaryStudy): Needles {
  const texts = Object.entries(marks).flatMap(([name, mark]) => needlesOf(name, mark));
  const ages = exactAges.map((age): [string, Buffer] => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(age);
    return [`exact age ${age}, as a number`, bytes];
  });
  return new Map([...texts, ...ages]);
}

function unknownPatients(): string[] {
  writeFileSync(join(folder, "unknown.txt"), "KNRVGL-9999\n");
  return ["--patients", "unknown.txt"];
}

/** A value that its column does not take, in the fourth patient's row. */
function breakAge({ directory, exactAges }: CanaryStudy): void {
  const file = join(directory, "data_clinical_patient.txt");
  const lines = readFileSync(file, "utf8").split("\n");
  lines[4] = lines[4]!.replace(`\t${exactAges[2]}\t`, `\tKANARIENVOGEL ${exactAges[2]}\t`);
  writeFileSync(file, lines.join("\n"));
}
