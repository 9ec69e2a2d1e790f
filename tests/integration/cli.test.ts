import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { RunManifest } from "@osteon/pipeline";
import { createIdentityFile } from "@osteon/registry";
import { lockDirectory } from "@osteon/embedded-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureOf, programInProcess } from "./support/in-process.ts";
import { runOsteon, startOsteon } from "./support/osteon-process.ts";

const small = `
data: { source: demonstration, patients: 60, genes: 60 }
cohort: { small_cohort: true }
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 0 }
generation: { unconditional_patients: 30, patients_per_scenario: 5 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 }
storage: { directory: ledger }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-cli-"));
  writeFileSync(join(folder, "small.yaml"), small);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const osteon = (...words: string[]) => runOsteon(words, { cwd: folder });
const manifestOf = (run: string) => JSON.parse(readFileSync(join(folder, run, "manifest.json"), "utf8")) as RunManifest;

describe("osteon", () => {
  it("says what it is, and what every command is for", async () => {
    const [version, help] = await Promise.all([osteon("--version"), osteon("--help")]);
    expect(version).toMatchObject({ code: 0, stdout: "0.1.0\n", stderr: "" });
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("not for clinical decisions");
    expect(help.stdout).toMatch(/130 +interrupted/);
    const texts = [help.stdout, ...helpOfCommands()];
    expect(texts.length).toBeGreaterThan(8);
    for (const text of texts) {
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
      expect(text).not.toMatch(/undefined|\[object/);
    }
  });

  it("refuses what it does not know, and says where help is", async () => {
    const [none, unknown, option] = await Promise.all([osteon(), osteon("runn"), osteon("run", "--confg", "x")]);
    for (const { code, stdout } of [none, unknown, option]) expect([code, stdout]).toEqual([2, ""]);
    expect(none.stderr).toContain("Commands:");
    expect(unknown.stderr).toMatch(/unknown command 'runn'[^]*Did you mean one of run, runs[^]*--help/);
    expect(option.stderr).toMatch(/unknown option '--confg'[^]*--config[^]*--help/);
  });

  it("ends quietly when nobody reads on", () => {
    const launcher = fileURLToPath(new URL("../../bin/osteon.js", import.meta.url));
    const { status, stdout, stderr } = spawnSync("sh", [
      "-c",
      `"${process.execPath}" "${launcher}" --help | head -n 1`,
    ]);
    expect({ status, stdout: stdout.toString(), stderr: stderr.toString() }).toEqual({
      status: 0,
      stdout: "Usage: osteon [options] [command]\n",
      stderr: "",
    });
  });

  it("says of an internal fault where it was, and not what was in its message", async () => {
    const broken = join(folder, "broken.mjs");
    writeFileSync(
      broken,
      `const stringify = JSON.stringify;
       JSON.stringify = (value, ...rest) => {
         if (Array.isArray(value?.models)) throw new TypeError("KNRVGL-0001 aged 12.5");
         return stringify(value, ...rest);
       };`,
    );
    const ending = await runOsteon(["runs", "--json", "--ledger", "absent"], {
      cwd: folder,
      environment: { NODE_OPTIONS: `--import=${broken}` },
    });
    expect(ending).toMatchObject({ code: 1, stdout: "" });
    expect(ending.stderr).toMatch(/internal fault \(TypeError\)\. Please report[\s\S]*at .*commands\/runs\.ts:\d+/);
    expect(ending.stderr).not.toContain("KNRVGL");
  });
});

describe("osteon init", () => {
  it("writes a configuration that can be used, once", async () => {
    const first = await osteon("init", "written.yaml");
    expect(first).toMatchObject({ code: 0, stdout: "" });
    expect(first.stderr).toContain("osteon run --config written.yaml");
    writeFileSync(join(folder, "written.yaml"), "# mine\n");
    const second = await osteon("init", "written.yaml");
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/written\.yaml exists already\. .*nothing is overwritten.*\[configuration\.exists\]/);
    expect(readFileSync(join(folder, "written.yaml"), "utf8")).toBe("# mine\n");
  });
});

describe("osteon run", () => {
  it("prints progress for people and, asked for it, the manifest alone for scripts", async () => {
    const first = await osteon("run", "--config", "small.yaml", "--run", "run", "--json");
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toEqual(manifestOf("run"));
    expect(first.stderr).toMatch(/✔ load +\d\.\d s {2}60 patients \(\d+ died\)/);
    for (const control of ["\r", "\u001B"]) expect(first.stderr).not.toContain(control);

    const second = await osteon("run", "--config", "small.yaml", "--run", "run");
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(
      /^Release gate of factor-copula: [\s\S]*^metric .*reading$[\s\S]*Biological score, calibrated/m,
    );
    expect(second.stderr.match(/✔ \w+ +kept/g)).toHaveLength(9);
    expect(second.stderr).toContain("Note: The cohort is simulated: it holds no real patient.\n");
    expect(second.stderr).toMatch(/Warning: .*fewer than 100, and small_cohort admits them/);
    expect(second.stderr).toMatch(/Sealed model +run\/package\/model\.osteon/);
    expect(second.stderr).toMatch(/Secrets +run\/keys \(keep apart/);

    const [listed, json] = await Promise.all([
      osteon("runs", "--config", "small.yaml"),
      osteon("runs", "--ledger", "ledger", "--json"),
    ]);
    const { runId, steps } = manifestOf("run");
    const version = String(steps.seal?.detail["modelVersion"]);
    expect(listed).toMatchObject({ code: 0, stderr: "" });
    expect(listed.stdout).toMatch(new RegExp(`${runId} +succeeded +9 +${version}\n$`));
    const { runs, models } = JSON.parse(json.stdout) as { runs: unknown[]; models: unknown[] };
    expect(runs).toEqual([expect.objectContaining({ runId, status: "succeeded" })]);
    expect(models).toEqual([expect.objectContaining({ version })]);
  });

  it("ends with 2 for a bad configuration, list of patients or step, before anything is made", async () => {
    const at = (name: string, text?: string): string => {
      if (text !== undefined) writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const bad = at("bad.yaml", "training:\n  fold: 3\n  seed: x\n");
    const empty = at("empty.txt", "\uFEFF# nobody\r\n\r\n");
    at("ids.txt", "NOBODY-1\r\nNOBODY-2\r\n");
    const cases: [string[], RegExp][] = [
      [
        ["--config", bad],
        /bad\.yaml has 2 faults[^]*training\.fold \(line 2, column 3\): no such key; did you mean folds\?/,
      ],
      [["--config", at("absent.yaml")], /absent\.yaml cannot be read \(ENOENT\)/],
      [["--patients", empty], /--patients takes a file with one patient id a line; this one holds none/],
      [["--patients", at("absent.txt")], /absent\.txt, given by --patients, cannot be read \(ENOENT\)/],
      [["--steps", "load,trian"], /--steps takes all, or some of load, deidentify/],
      [["--steps", ""], /--steps takes all, or some of load, deidentify/],
    ];
    for (const [words, message] of cases) {
      const failure = await failureOf(["run", "--run", at("none"), ...words]);
      expect([words, failure.code]).toEqual([words, 2]);
      expect(failure.message).toMatch(message);
    }
    expect(existsSync(at("none"))).toBe(false);

    const [config, unknown] = await Promise.all([
      osteon("run", "--config", "bad.yaml", "--run", "none"),
      osteon("run", "--config", "small.yaml", "--run", "unknown", "--patients", "ids.txt"),
    ]);
    for (const { code, stdout } of [config, unknown]) expect([code, stdout]).toEqual([2, ""]);
    expect(config.stderr).toMatch(/^osteon: The configuration bad\.yaml has 2 faults[^]*\[configuration\.invalid\]\n$/);
    expect(unknown.stderr).toContain("2 of the patients asked for are not in the cohort");
    expect(unknown.stderr).not.toContain("NOBODY");
  });

  it("ends with 3 at a gate, 4 for a secret in a wrong place, 5 where the run is in use", async () => {
    writeFileSync(join(folder, "strict.yaml"), small.replace("small_cohort: true", "small_cohort: false"));
    const secret = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;
    writeFileSync(join(folder, "secret.yaml"), `encryption:\n  key_path: ${secret}\n`);
    await using held = await holdDirectory(join(folder, "held"));
    const [gate, inFile, onLine, inUse] = await Promise.all([
      osteon("run", "--config", "strict.yaml", "--run", "gated"),
      osteon("run", "--config", "secret.yaml", "--run", "none"),
      osteon("serve", "--model", "run", "--key", secret),
      osteon("run", "--config", "small.yaml", "--run", held.directory),
    ]);
    expect([gate, inFile, onLine, inUse].map(({ code }) => code)).toEqual([3, 4, 4, 5]);
    expect(gate.stderr).toMatch(/✘ check +failed/);
    expect(gate.stderr).toMatch(/small_cohort: true.*quality\.json in the run directory.*\[pipeline\.quality\]/);
    expect(manifestOf("gated").steps.check).toMatchObject({ status: "failed" });
    expect(inFile.stderr).toContain("secret.yaml, line 2, holds a secret itself");
    expect(onLine.stderr).toContain("The command line (--key) holds a secret itself");
    expect(inFile.stderr + onLine.stderr).not.toContain("QQQ");
    expect(inUse.stderr).toContain(`in use by process ${process.pid}`);
  });

  it("takes its key from OSTEON_KEY_FILE, and refuses another for the same run", async () => {
    await createIdentityFile(join(folder, "one.txt"));
    await createIdentityFile(join(folder, "two.txt"));
    const load = (environment: Record<string, string>) =>
      runOsteon(["run", "--config", "small.yaml", "--run", "keyed", "--steps", "load"], { cwd: folder, environment });
    expect((await load({ OSTEON_KEY_FILE: "one.txt" })).code).toBe(0);
    expect(existsSync(join(folder, "keyed", "keys", "identity.txt"))).toBe(false);
    const [other, none] = [await load({ OSTEON_KEY_FILE: "two.txt" }), await load({})];
    expect(other.code).toBe(4);
    expect(other.stderr).toMatch(
      /was sealed with the key age1\w+, and the key given is age1\w+.*\[pipeline\.other-key\]/,
    );
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("[pipeline.key-missing]");
  });
});

describe("osteon validate", () => {
  it("ends with 3 and the reasons where the gate is not passed, by the run's own options", async () => {
    const kept = await osteon("validate", "--run", "run");
    expect(kept.code).toBe(3);
    expect(kept.stdout).toMatch(/^Release gate of factor-copula: (NOT PASSED|CANNOT BE TOLD)/);
    expect(kept.stderr).toMatch(/The release gate is not passed: .*no shadow models were trained.*\[pipeline\.gate\]/);
    // Nothing it depends on has changed, though no configuration was named.
    expect(kept.stderr.match(/✔ \w+ +kept/g)).toHaveLength(3);
  });

  it("refuses a folder without a run, and families it does not know", async () => {
    const [nowhere, families] = await Promise.all([
      osteon("validate", "--run", "nowhere"),
      osteon("validate", "--run", "run", "--families", "best"),
    ]);
    expect(nowhere).toMatchObject({ code: 2, stdout: "" });
    expect(families.code).toBe(2);
    expect(families.stderr).toMatch(/--families .*released or all/);
  });
});

describe("osteon run, while it trains", () => {
  beforeAll(() => {
    const long = small.replace("patients: 60, genes: 60", "patients: 200, genes: 2000");
    writeFileSync(join(folder, "long.yaml"), long.replace("folds: 2, largest_rank: 3", "folds: 10, largest_rank: 60"));
  });
  const trainingOf = (run: string) => {
    return ["run", "--config", "long.yaml", "--run", run, "--steps", "load,deidentify,check,features,train"];
  };
  const startTraining = async (run: string) => {
    const process = startOsteon(trainingOf(run), { cwd: folder });
    await process.waitFor(/✔ features/);
    const isTraining = () => manifestOf(run).steps.train?.status === "running";
    while (process.child.exitCode === null && !isTraining()) await delay(10);
    return process;
  };

  it("stops at Ctrl-C with 130, says how to go on, and goes on", async () => {
    const { child, ended } = await startTraining("interrupted");
    child.kill("SIGINT");
    const ending = await ended;
    expect(ending).toMatchObject({ code: 130, stdout: "" });
    expect(ending.stderr).toContain("osteon: interrupted; run the same command again to go on");
    const { steps, runId } = manifestOf("interrupted");
    expect(["running", "interrupted"]).toContain(steps.train?.status);

    const { runs } = JSON.parse((await osteon("runs", "--ledger", "ledger", "--json")).stdout) as {
      runs: { runId: string; status: string }[];
    };
    expect(runs.find((run) => run.runId === runId)?.status).toBe("interrupted");

    const killed = await startTraining("interrupted");
    killed.child.kill("SIGKILL");
    expect(await killed.ended).toMatchObject({ code: null, signal: "SIGKILL" });
    expect(manifestOf("interrupted").steps.train?.status).toBe("running");

    const again = await startOsteon(trainingOf("interrupted"), { cwd: folder }).ended;
    expect(again.code).toBe(0);
    expect(again.stderr.match(/✔ \w+ +kept/g)).toHaveLength(4);
    expect(again.stderr).toMatch(/✔ train +\d/);
    expect(manifestOf("interrupted").steps.train?.status).toBe("done");
    expect(existsSync(join(folder, "interrupted", "osteon.lock"))).toBe(false);
  });
});

function helpOfCommands(): string[] {
  type Command = ReturnType<typeof programInProcess>;
  const withThoseBelow = (command: Command): Command[] => [command, ...below(command)];
  const below = (command: Command): Command[] => command.commands.flatMap((own) => withThoseBelow(own as Command));
  return below(programInProcess()).map((command) => {
    let text = "";
    command.configureOutput({ writeOut: (part) => void (text += part), getOutHelpWidth: () => 80 }).outputHelp();
    return text;
  });
}

/** Locks a run directory as another process at work in it would. */
async function holdDirectory(directory: string) {
  mkdirSync(directory);
  const lock = await lockDirectory(directory);
  return { directory, [Symbol.asyncDispose]: () => lock.release() };
}
