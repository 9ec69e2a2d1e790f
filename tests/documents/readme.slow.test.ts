import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createIdentityFile } from "@osteon/registry";
import { describe, expect, it } from "vitest";
import { writeCanaryStudy } from "../integration/support/canary-study.ts";
import { isExhaustive } from "../support/exhaustive.ts";
import { readBlocks, type PageBlock } from "./support/read-blocks.ts";
import { runPage } from "./support/run-page.ts";
import { createSite, readPage, writeSiteFile } from "./support/site.ts";

const page = readPage("README.md");
const realStudy = fileURLToPath(new URL("../../../shared/data/os_target_study", import.meta.url));
if (isExhaustive && !existsSync(realStudy)) {
  process.stderr.write(`\nNOT TESTED: the README's lines on the real cohort. It is not in ${dirname(realStudy)}.\n`);
}

/** Which test executes a block: each of the page belongs to one. */
function partOf({ heading, script }: PageBlock): "first use" | "own data" | "real cohort" | "commands" | "request" {
  if (heading === "Two commands") return script.includes("--cohort") ? "own data" : "first use";
  if (heading === "Quality on real patients") return "real cohort";
  if (heading === "The commands") return "commands";
  if (heading === "The service") return "request";
  throw new Error(`No test executes this block of README.md, under “${heading}”:\n${script}`);
}

/** "exit code 0, 6 (watch) or 7 (drift)", in the comment of the last line. */
function endings({ script }: PageBlock): readonly number[] {
  const told = /exit code (.*)$/.exec(script)?.[1];
  return told === undefined ? [0] : [...told.matchAll(/\d+/g)].map(([code]) => Number(code));
}

describe("README.md, executed as it stands", { timeout: 1_800_000 }, () => {
  it("has the whole job done by one command, which ends with a table and where things are, and serves", async () => {
    // That of the demonstration: "results" is of a study of one's own, which takes as long again.
    using site = await createSite({ "results/run": "osteon-data/run" });
    const { outputs, faults } = await runPage(page, site, {
      skip: (block) => !["first use", "request"].includes(partOf(block)),
    });
    expect(faults.join("\n\n")).toBe("");
    const [first, answer] = outputs;

    expect(first).toContain("These patients are simulated; nobody real is in it.");
    for (const step of ["load", "deidentify", "check", "features", "train", "generate", "validate", "report", "seal"]) {
      expect(first).toMatch(new RegExp(`✔ ${step} +\\d+\\.\\d s  \\S`));
    }
    expect(first).toMatch(/^metric +thetic +real +copy +floor +brated +reading$/m);
    expect(first).toMatch(/overall_biological_score ↑ +\d\.\d\d/);
    expect(first).toMatch(/Biological score, calibrated: \d\.\d\d/);
    const places = [
      ...first!.matchAll(/^(?:Quality report|Synthetic patients|Scores|Sealed model|Secrets) +(.+?)(?: \(|$)/gm),
    ];
    expect(places).toHaveLength(5);
    for (const [, path] of places) expect([path, existsSync(join(site.folder, path!))]).toEqual([path, true]);
    const clinical = join(site.folder, "osteon-data", "run", "synthetic", "unconditional", "clinical.csv");
    expect(readFileSync(clinical, "utf8").split("\n")).toHaveLength(1002);
    // `npm test` behind it.
    expect(first).toMatch(/^[1-9]\d* passed, 0 failed, 0 skipped$/m);
    expect(answer).toMatch(/"metastasis":0/);
  });

  it.runIf(isExhaustive)("does the same with a study, and answers", async () => {
    using site = await createSite();
    mkdirSync(join(site.folder, "path", "to"), { recursive: true });
    const { directory } = writeCanaryStudy(site.scratch, { patients: 60 });
    symlinkSync(directory, join(site.folder, "path", "to", "study"));
    const { outputs, faults } = await runPage(page, site, {
      skip: (block) => !["own data", "request"].includes(partOf(block)),
    });
    expect(faults.join("\n\n")).toBe("");
    // So few patients do not carry every profile.
    expect(outputs[1]).toMatch(/"simulated":true|generator\.rare-profile/);
  });

  it.runIf(isExhaustive && existsSync(realStudy))("judges the real cohort as it says", async () => {
    using site = await createSite();
    writeSiteFile(
      site,
      "target-os.yaml",
      `data: { source: cbioportal, path: "${realStudy}" }\ncohort: { small_cohort: true }\n`,
    );
    const { outputs, faults } = await runPage(page, site, {
      skip: (block) => partOf(block) !== "real cohort",
      endings,
    });
    expect(faults.join("\n\n")).toBe("");
    expect(outputs[0]).toMatch(/85 patients with all that is required/);
  });

  it("lists commands that do what their line says, and end as it says", async () => {
    // Each line a block of its own, as each may end in its own way.
    const lines = readBlocks(page)
      .find((block) => partOf(block) === "commands")!
      .script.split("\n");
    using site = await createSite({
      "init osteon.yaml ": "init osteon.yaml && cp small.yaml osteon.yaml ",
      "age1…": "$RECIPIENT",
      "restore FILE --to DIR --backup-key backup-key.txt":
        'restore "$(ls osteon-data/backups/*.tar.age)" --to restored --backup-key ../backup-key.txt',
      "new-extract.yaml": "osteon.yaml",
    });
    const { recipient } = await createIdentityFile(join(site.scratch, "backup-key.txt"));
    await createIdentityFile(join(site.folder, "identity.txt"));
    writeSiteFile(site, "small.yaml", small);
    const { executed, faults } = await runPage(lines.map((line) => `\`\`\`sh\n${line}\n\`\`\`\n`).join("\n"), site, {
      prepare: [
        "openssl rand -hex 32 > pseudonym.key && chmod 600 pseudonym.key",
        `export OSTEON_KEY_FILE=$PWD/identity.txt RECIPIENT=${recipient}`,
      ].join("\n"),
      // Of the internet.
      skip: ({ script }) => script.includes("source download"),
      endings,
    });
    expect(faults.join("\n\n")).toBe("");
    expect(executed).toBe(lines.length - 1);
  });
});

const small = `
data: { source: demonstration, patients: 60, genes: 60 }
cohort: { small_cohort: true }
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 0 }
generation: { unconditional_patients: 30, patients_per_scenario: 5 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 }
encryption: { key_path: identity.txt }
phi_removal: { key_path: pseudonym.key }
`;
