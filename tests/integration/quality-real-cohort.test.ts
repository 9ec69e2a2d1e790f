import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { completePatients, selectPatients } from "@osteon/cohort";
import { readCbioportalStudy } from "@osteon/connectors";
import { checkQuality } from "@osteon/quality";
import { expect, it } from "vitest";

// The real cohort is no part of the project; without it this test is skipped.
const study = fileURLToPath(new URL("../../../shared/data/os_target_study", import.meta.url));

it.skipIf(!existsSync(study)).each([
  ["all patients", []],
  ["complete patients", ["survival", "age", "metastasis", "mutations", "expression"]],
] as const)("of the real cohort, %s raise no warning but that they are few", async (_, parts) => {
  const { cohort } = await readCbioportalStudy(study);
  const report = checkQuality(selectPatients(cohort, completePatients(cohort, parts)), { smallCohort: true });
  const warnings = report.findings.filter(({ level }) => level !== "info");
  expect(warnings.map(({ code }) => code)).toEqual(["small-cohort"]);
  const ids = new Set(cohort.patientIds.flatMap((id) => id.split("-")));
  const words = JSON.stringify(report).split(/[^A-Za-z0-9]+/);
  expect(words.filter((word) => word.length > 4 && ids.has(word))).toEqual([]);
});
