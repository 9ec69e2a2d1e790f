import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createIdentityFile } from "@osteon/registry";
import { lockDirectory } from "@osteon/embedded-database";
import { beforeAll, describe, expect, it } from "vitest";
import { commandFolder, smallFile } from "./support/command-folder.ts";
import { runOsteon, startOsteon } from "./support/osteon-process.ts";

const { at, osteon, manifestOf } = commandFolder();

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

  it("ends with 3 at a gate, 4 for a secret in a wrong place, 5 where the run is in use", async () => {
    at("strict.yaml", smallFile.replace("small_cohort: true", "small_cohort: false"));
    const secret = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;
    at("secret.yaml", `encryption:\n  key_path: ${secret}\n`);
    await using held = await holdDirectory(at("held"));
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
    await createIdentityFile(at("one.txt"));
    await createIdentityFile(at("two.txt"));
    const load = (environment: Record<string, string>) =>
      runOsteon(["run", "--config", "small.yaml", "--run", "keyed", "--steps", "load"], { cwd: at("."), environment });
    expect((await load({ OSTEON_KEY_FILE: "one.txt" })).code).toBe(0);
    expect(existsSync(at(join("keyed", "keys", "identity.txt")))).toBe(false);
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
    const long = smallFile.replace("patients: 60, genes: 60", "patients: 200, genes: 2000");
    at("long.yaml", long.replace("folds: 2, largest_rank: 3", "folds: 10, largest_rank: 60"));
  });
  const trainingOf = (run: string) => {
    return ["run", "--config", "long.yaml", "--run", run, "--steps", "load,deidentify,check,features,train"];
  };
  const startTraining = async (run: string) => {
    const process = startOsteon(trainingOf(run), { cwd: at(".") });
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

    const again = await startOsteon(trainingOf("interrupted"), { cwd: at(".") }).ended;
    expect(again.code).toBe(0);
    expect(again.stderr.match(/✔ \w+ +kept/g)).toHaveLength(4);
    expect(again.stderr).toMatch(/✔ train +\d/);
    expect(manifestOf("interrupted").steps.train?.status).toBe("done");
    expect(existsSync(at(join("interrupted", "osteon.lock")))).toBe(false);
  });
});

/** Locks a run directory as another process at work in it would. */
async function holdDirectory(directory: string) {
  mkdirSync(directory);
  const lock = await lockDirectory(directory);
  return { directory, [Symbol.asyncDispose]: () => lock.release() };
}
