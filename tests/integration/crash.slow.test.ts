import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeCanaryStudy } from "./support/canary-study.ts";
import { runOsteon, startOsteon, type SpawnOptions } from "./support/osteon-process.ts";

const telling = /KNRVGL|KANARIENVOGEL|\.57721566/i;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-crash-"));
  writeCanaryStudy(folder);
  mkdirSync(join(folder, "reports"));
  writeFileSync(
    join(folder, "osteon.yaml"),
    'data: { source: cbioportal, path: "study of KANARIENVOGEL" }\ncohort: { small_cohort: true }\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = ["run", "-c", "osteon.yaml", "-r", "run", "-s", "load,deidentify"];

/** A run into which a module is loaded first that breaks something, with every report of Node's asked for. */
function withFault(fault: string): SpawnOptions {
  const module = join(folder, "fault.mjs");
  writeFileSync(module, `import { isMainThread } from "node:worker_threads";\n${fault}\n`);
  const reports = ["--report-uncaught-exception", "--report-on-fatalerror", "--report-on-signal"];
  const place = `--report-directory=${join(folder, "reports")}`;
  return {
    cwd: folder,
    environment: { NODE_OPTIONS: [`--import=${pathToFileURL(module).href}`, ...reports, place].join(" ") },
  };
}

/** What pseudonyms are made with fails and repeats the patient's id, as a message of several lines. */
const repeatsCell = `
  const fail = (data) => new Error(
    "cannot sign " + Buffer.from(data).toString() + "\\n    at KANARIENVOGEL (file:///KANARIENVOGEL.ts:1:1)\\nKANARIENVOGEL",
  );`;

// Each is a whole run with its entry in a new ledger, which a busy machine may take a minute for.
describe("a fault with patients in memory", { timeout: 180_000 }, () => {
  it.each([
    ["a dependency's error", `crypto.subtle.sign = async (_, __, data) => { throw fail(data); };`],
    [
      "an error that nobody catches",
      `crypto.subtle.sign = (_, __, data) => { setImmediate(() => { throw fail(data); }); return new Promise(() => {}); };`,
    ],
    [
      "a rejection that nobody handles",
      `crypto.subtle.sign = (_, __, data) => { void Promise.reject(fail(data)); return new Promise(() => {}); };`,
    ],
    ["an error in the main thread", `if (isMainThread) setTimeout(() => { throw fail("KNRVGL-0001"); }, 1500);`],
  ])("%s tells its kind and place, nothing of a patient, and leaves no report", async (_, fault) => {
    const { code, stdout, stderr } = await runOsteon(words, withFault(`${repeatsCell}\n${fault}`));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/internal fault \(Error\).*\n +at /)]);
    expect(stdout + stderr).not.toMatch(telling);
    expect(readdirSync(join(folder, "reports"))).toEqual([]);
  });

  it("its memory is in no report of Node's and, on Linux, in no core dump, whatever flags ask for", async () => {
    const fault = `import { existsSync, readFileSync } from "node:fs";
      if (isMainThread) setTimeout(() => {
        const { reportOnFatalError, reportOnUncaughtException, reportOnSignal } = process.report;
        console.error("reports=" + [reportOnFatalError, reportOnUncaughtException, reportOnSignal]);
        const filter = "/proc/self/coredump_filter";
        console.error("dumped=" + (existsSync(filter) ? Number(readFileSync(filter)) : 0));
        process.exit(0);
      }, 1500);`;
    const { stderr } = await runOsteon(words, withFault(fault));
    expect(stderr).toContain("reports=false,false,false");
    expect(stderr).toContain("dumped=0\n");
  });
});

describe("a run that is stopped while it writes", { timeout: 180_000 }, () => {
  it("leaves no half-written file and no lock", async () => {
    const hangs = `import fs from "node:fs/promises";
      import { syncBuiltinESMExports } from "node:module";
      const rename = fs.rename;
      fs.rename = (from, to) => {
        if (!to.includes("source.sealed")) return rename(from, to);
        console.error("writing " + from);
        return new Promise(() => setInterval(() => {}, 1000));
      };
      syncBuiltinESMExports();`;
    const stopped = startOsteon(["run", "-c", "osteon.yaml", "-r", "stopped"], withFault(hangs));
    await stopped.waitFor(/writing .*\.partial/);
    const left = () => readdirSync(join(folder, "stopped"), { recursive: true }).map(String);
    expect(left().filter((name) => /partial|lock/.test(name))).toHaveLength(2);
    stopped.child.kill("SIGTERM");
    expect((await stopped.ended).code).toBe(130);
    expect(left().filter((name) => /partial|lock/.test(name))).toEqual([]);
    expect(readFileSync(join(folder, "stopped/manifest.json"), "utf8")).toContain('"load"');
  });
});
