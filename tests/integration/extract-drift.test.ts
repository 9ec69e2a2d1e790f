import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runLayout, runPipeline, type StepName } from "@osteon/pipeline";
import { expect, it } from "vitest";
import { writeCanaryStudy } from "./support/canary-study.ts";
import { smallConfiguration, temporaryFolder } from "./support/small-run.ts";

const steps: readonly StepName[] = ["load", "deidentify", "check"];

it("a run on a new extract tells what changed since the last one", async () => {
  const folder = temporaryFolder();
  const study = writeCanaryStudy(folder);
  const configuration = smallConfiguration({ data: { source: "cbioportal", path: study.directory } });
  const run = () => runPipeline({ configuration, directory: join(folder, "run"), steps, osteonVersion: "0.1.0" });
  const quality = () => JSON.parse(readFileSync(join(folder, "run", runLayout.quality), "utf8")) as Report;

  await run();
  expect(quality().sinceLastExtract).toBeUndefined();

  const file = join(study.directory, "data_clinical_patient.txt");
  const lines = readFileSync(file, "utf8").split("\n");
  const header = lines.findIndex((line) => line.startsWith("PATIENT_ID"));
  const age = lines[header]!.split("\t").indexOf("AGE");
  const first = lines[header + 1]!.split("\t");
  lines[header + 1] = first.with(age, String(Number(first[age]) + 1)).join("\t");
  writeFileSync(file, lines.join("\n"));
  await run();
  const { sinceLastExtract, findings } = quality();
  expect(sinceLastExtract).toMatchObject({ patients: { added: 0, gone: 0 }, drift: null });
  expect(findings.find(({ code }) => code === "extract-values-changed")?.message).toMatch(/age \(1 other of \d+\)/);

  // The same extract again is no further one.
  await run();
  expect(quality().sinceLastExtract).toEqual(sinceLastExtract);
});

interface Report {
  readonly sinceLastExtract?: unknown;
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}
