import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { evaluateRepeatedly } from "@osteon/evaluation";
import { osteosarcomaGeneSets } from "@osteon/features";
import { expect, it } from "vitest";
import { renderReport } from "./render-report.ts";
import { exampleRun } from "./testing/example-run.ts";
import { readText } from "./testing/parse-page.ts";

const genes = 120;
const { cohort } = simulateDemonstrationCohort({ patients: 100, genes, seed: 4 });

async function render(complete: Cohort): Promise<string> {
  const evaluation = await evaluateRepeatedly({
    complete,
    // Fresh patients of the same kind: the best that a model could give.
    families: [
      {
        family: exampleRun.family,
        generate: (_, split, count) =>
          simulateDemonstrationCohort({ patients: count, genes, seed: 100 + split }).cohort,
      },
    ],
    geneSets: osteosarcomaGeneSets,
    seed: 1,
    splits: 3,
    syntheticPatients: 70,
  });
  return renderReport({ evaluation, privacy: null, run: exampleRun });
}

it("draws what an evaluation gives", async () => {
  const text = readText(await render(cohort));
  expect(text).toContain("Whether this model may be released cannot be told: privacy stays open.");
  expect(text).toContain("Kaplan–Meier curves, Metastatic at diagnosis: real");
  expect(text).toContain("TP53");
  expect(text).not.toMatch(/\b(NaN|undefined|null|Infinity)\b|\[object/);
});

it("says what cannot be said of a handful of patients without a death", async () => {
  const alive = Uint32Array.from(cohort.patientIds.keys()).filter((row) => cohort.clinical.event[row] === 0);
  const text = readText(await render(selectPatients(cohort, alive.subarray(0, 14))));
  expect(text).toContain("14, 0 deaths");
  expect(text).not.toMatch(/\b(NaN|undefined|null|Infinity)\b|\[object/);
});
