import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdentityFile } from "@osteon/registry";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeCanaryStudy } from "../integration/support/canary-study.ts";
import { readBlocks } from "./support/read-blocks.ts";
import { runPage } from "./support/run-page.ts";
import { createSite, placeRun, readPage, trainDemonstration, writeSiteFile, type Site } from "./support/site.ts";

const page = readPage("docs/runbook.md");
/** The model that the page calls by the first name is on air, the second waits in the registry. */
const named = ["1f0c5a9be2d47836", "8b3e61d0c94f2a75"] as const;

let made: string;
let site: Site;
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "osteon-runbook-"));
  const key = join(made, "one", "keys", "identity.txt");
  const one = await trainDemonstration(join(made, "one"));
  const two = await trainDemonstration(join(made, "two"), { training: { seed: 2 }, encryption: { key_path: key } });
  site = await createSite({ [named[0]]: one, [named[1]]: two });
  const { directory: study } = writeCanaryStudy(made);
  await trainDemonstration(join(made, "study-run"), { data: { source: "cbioportal", path: study } });
  for (const [run, name] of [
    ["one", "first"],
    ["two", "second"],
    ["study-run", "study"],
  ] as const) {
    placeRun(site, join(made, run), `runs/${name}`);
  }
  renameSync(writeCanaryStudy(site.scratch, { patients: 60 }).directory, join(site.folder, "extract"));
  const { recipient } = await createIdentityFile(join(site.scratch, "backup-key.txt"));
  for (const [name, text] of Object.entries(configurations)) {
    writeSiteFile(site, name, text.replace("RECIPIENT", recipient));
  }
}, 120_000);
afterAll(() => {
  site[Symbol.dispose]();
  rmSync(made, { recursive: true, force: true });
});

const small = `
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 0 }
generation: { unconditional_patients: 30, patients_per_scenario: 5 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 }
`;
const configurations = {
  "osteon.yaml": `
registry: { directory: registry }
encryption: { key_path: keys/identity.txt }
logging: { path: service.log }
backup: { directory: backups, recipients: [RECIPIENT], keep: 14 }
service: { port: 8080, limits: { profile_patients_per_day: 20 } }
alerts: { every_seconds: 5, rules: [{ when: backup_age, above_hours: 26, severity: critical }, { when: no_model }] }
`,
  "train.yaml": `data: { source: demonstration, patients: 60, genes: 60 }\ncohort: { small_cohort: true }${small}`,
  "few.yaml": `data: { source: demonstration, patients: 60, genes: 60 }${small}`,
  "study.yaml": `data: { source: cbioportal, path: extract }\ncohort: { small_cohort: true }${small}`,
};

/** What stands at a site before anybody calls. */
const prepare = `
mkdir -p keys && cp runs/first/keys/identity.txt keys/identity.txt
osteon models add --model runs/first --config osteon.yaml
osteon models add --model runs/second --key keys/identity.txt --config osteon.yaml
osteon models promote ${named[0]} --config osteon.yaml --override --reason "demonstration"
osteon audit checkpoint --config osteon.yaml --out kept.checkpoint
`;

it("does what the runbook says, at a site of its own", { timeout: 900_000 }, async () => {
  const { executed, faults } = await runPage(page, site, { prepare: site.translate(prepare) });
  expect(faults.join("\n\n")).toBe("");
  expect(executed).toBe(readBlocks(page).filter(({ isRehearsal }) => !isRehearsal).length);
});
