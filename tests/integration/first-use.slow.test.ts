import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder } from "./support/small-run.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

it(
  "`npm run quickstart` does the whole job and ends with a table and where things are",
  { timeout: 600_000 },
  async () => {
    const folder = temporaryFolder();
    const out = join(folder, "results of the first use");
    const child = spawn("npm", ["run", "--silent", "quickstart", "--", "--no-serve", "--out", out], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const code = await new Promise((resolve, reject) => void child.once("close", resolve).once("error", reject));
    expect([code, stderr]).toEqual([0, expect.stringContaining("These patients are simulated; nobody real is in it.")]);

    for (const step of ["load", "deidentify", "check", "features", "train", "generate", "validate", "report", "seal"]) {
      expect(stderr).toMatch(new RegExp(`✔ ${step} +\\d+\\.\\d s  \\S`));
    }
    expect(stdout).toMatch(/^metric +thetic +real +copy +floor +brated +reading$/m);
    expect(stdout).toMatch(/overall_biological_score ↑ +\d\.\d\d/);
    expect(stdout).toMatch(/Biological score, calibrated: \d\.\d\d/);
    const places = [
      ...stderr.matchAll(/^(?:Quality report|Synthetic patients|Scores|Sealed model|Secrets) +(.+?)(?: \(|$)/gm),
    ];
    expect(places).toHaveLength(5);
    for (const [, path] of places) expect([path, existsSync(path!)]).toEqual([path, true]);
    const clinical = readFileSync(join(out, "run", "synthetic", "unconditional", "clinical.csv"), "utf8");
    expect(clinical.split("\n")).toHaveLength(1002);
  },
);
