import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeCohort } from "@osteon/cohort";
import type { EvaluationReport, PrivacyReport } from "@osteon/evaluation";
import { runLayout, runPipeline } from "@osteon/pipeline";
import { openSealed, readIdentity, readPackage, type OpenedPackage } from "@osteon/registry";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeCanaryStudy } from "./support/canary-study.ts";
import { failureOf, printedBy } from "./support/in-process.ts";
import { needlesOf, searchFolder } from "./support/search-bytes.ts";
import { smallConfiguration, temporaryFolder } from "./support/small-run.ts";

const documents = [
  "data-protection-impact-assessment.md",
  "data-use-agreement-checklist.md",
  "hipaa-review.md",
  "irb-summary.md",
  "technical-documentation.md",
];

const made = mkdtempSync(join(tmpdir(), "osteon-compliance-"));
const run = join(made, "run");
let opened: OpenedPackage;
let out: string;

beforeAll(async () => {
  const { directory } = writeCanaryStudy(made);
  const configuration = smallConfiguration({ data: { source: "cbioportal", path: directory } });
  await runPipeline({ configuration, directory: run, osteonVersion: "0.1.0" });
  opened = await readPackage(join(run, runLayout.package), join(run, runLayout.identity));
});
afterAll(() => rmSync(made, { recursive: true, force: true }));
beforeEach(() => (out = join(temporaryFolder(), "pack")));

const textOf = (name: string) => readFileSync(join(out, name), "utf8");
/** Without the backslashes of Markdown. */
const plain = (text: string) => text.replaceAll(/\\(?=[\\`*_[\]|#~])/g, "").replaceAll("&gt;", ">");

describe("osteon compliance", () => {
  it("writes five drafts and the model card, and says how much each leaves to people", async () => {
    const printed = await printedBy(["compliance", "-m", run, "-o", out, "--json"]);
    expect(readdirSync(out).toSorted()).toEqual([...documents, "model-card.md"].toSorted());
    const { modelVersion, files } = JSON.parse(printed) as {
      modelVersion: string;
      files: { path: string; blanks: number }[];
    };
    expect(modelVersion).toBe(opened.manifest.modelVersion);
    for (const { path, blanks } of files.filter((file) => !file.path.endsWith("model-card.md"))) {
      const text = readFileSync(path, "utf8");
      // One more: the line that says how to find them.
      expect([path, text.split("[to be filled in:").length - 2]).toEqual([path, blanks]);
      expect(text).toContain(`${blanks} places are to be filled in`);
      expect(blanks).toBeGreaterThan(5);
    }
    expect(textOf("model-card.md")).toBe((opened.records["model_card"] as { markdown: string }).markdown);
  });

  it("tells the figures of the package and no others", async () => {
    await printedBy(["compliance", "-m", run, "-o", out]);
    const { manifest, records } = opened;
    const evaluation = records["validation"] as EvaluationReport;
    const privacy = records["privacy"] as PrivacyReport;
    const text = plain(textOf("data-protection-impact-assessment.md"));
    for (const fact of [
      manifest.modelVersion,
      manifest.contentDigest,
      `Training patients:** ${manifest.training.patients},`,
      `Privacy gate:** ${privacy.gate.verdict} `,
      privacy.copies.reading,
      `Release gate:** ${evaluation.gate.passed === null ? "cannot be told" : evaluation.gate.passed ? "passed" : "not passed"} `,
      `${evaluation.design.trainPatients} patients to train and ${evaluation.design.holdOutPatients} held out`,
      (records["deidentification"] as { cohortSha256: string }).cohortSha256,
    ]) {
      expect(text).toContain(fact);
    }
    const rows = text.split("\n").filter((line) => line.startsWith("| "));
    for (const { title, verdict, reading } of privacy.attacks) {
      expect(rows).toContain(`| ${title} | ${verdict} | ${reading.replace(/\s+/g, " ")} |`);
    }
    const calibrated = evaluation.families[0]!.biologicalScore.calibrated;
    expect(text).toContain(`Calibrated biological score:** ${calibrated === null ? "–" : calibrated.toFixed(2)}`);
  });

  it("fills nothing with a default: without a configuration its lines are left to people", async () => {
    await printedBy(["compliance", "-m", run, "-o", out]);
    const without = textOf("hipaa-review.md");
    expect(without).toMatch(/\*\*On the network:\*\* \[to be filled in: give the site's configuration/);
    expect(without).not.toContain("from the configuration");

    const configuration = join(temporaryFolder(), "osteon.yaml");
    writeFileSync(configuration, "audit: { retention_years: 11 }\nservice: { limits: { patients_per_day: 77 } }\n");
    const second = `${out}-configured`;
    await printedBy(["compliance", "-m", run, "-o", second, "-c", configuration]);
    const configured = readFileSync(join(second, "hipaa-review.md"), "utf8");
    expect(plain(configured)).toContain("11 years _(from the configuration, audit.retention_years)_");
    expect(configured).toContain("77 patients a day");
  });

  it("claims nothing", async () => {
    await printedBy(["compliance", "-m", run, "-o", out]);
    for (const name of documents) {
      const text = textOf(name);
      expect(text).toContain("It states facts and claims nothing");
      expect(text).not.toMatch(/\b(?:is|are|fully) (?:HIPAA|GDPR)?[- ]?compliant\b|certified|guarantees? compliance/i);
    }
  });

  it("holds nobody: no id, pseudonym, mark, path or key", async () => {
    await printedBy(["compliance", "-m", run, "-o", out]);
    const identity = await readIdentity(join(run, runLayout.identity));
    const sealed = readFileSync(join(run, runLayout.deidentifiedCohort));
    const { patientIds } = decodeCohort(await openSealed(sealed, [identity]), "cohort");
    const secret = readFileSync(join(run, runLayout.identity), "utf8").match(/AGE-SECRET-KEY-\S+/)![0];
    const needles = new Map(
      [
        ...patientIds,
        "KNRVGL",
        "KANARIENVOGEL",
        "731-07-",
        "@vogel.example",
        "1987-03-",
        ".57721566",
        secret,
        made,
      ].flatMap((id) => needlesOf(id, id)),
    );
    expect(searchFolder(out, needles, () => false)).toEqual([]);
  });

  it("refuses a folder that is there, and leaves none behind when it fails", async () => {
    const folder = temporaryFolder();
    expect(await failureOf(["compliance", "-m", run, "-o", folder])).toMatchObject({ code: 2 });
    expect(readdirSync(folder)).toEqual([]);
    const wrong = await failureOf(["compliance", "-m", join(folder, "none"), "-o", out]);
    expect([wrong.code, existsSync(out)]).toEqual([2, false]);
  });

  it("tells of what is on air, and why in spite of the gate", async () => {
    const key = join(run, runLayout.identity);
    const registry = join(temporaryFolder(), "registry");
    await printedBy(["models", "add", "-m", run, "-r", registry]);
    expect(await failureOf(["compliance", "-r", registry, "-k", key, "-o", out])).toMatchObject({ code: 2 });
    const { modelVersion } = opened.manifest;
    await printedBy([
      "models",
      "promote",
      modelVersion,
      "-r",
      registry,
      "-k",
      key,
      "--override",
      "--reason",
      "a trial",
    ]);
    await printedBy(["compliance", "-r", registry, "-k", key, "-o", out]);
    expect(textOf("irb-summary.md")).toContain(
      "yes, after 1 move in the history; the release gate was overridden, with the reason: a trial",
    );
  });
});
