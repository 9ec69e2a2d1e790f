import { completePatients, type CohortPart } from "@osteon/cohort";
import type { DeidentificationRecord } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { checkQuality } from "@osteon/quality";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";

/** Judges the complete patients; an error finding stops the run after the report is written. */
export const checkStep: Step = {
  options: ({ cohort: { required, small_cohort } }) => ({ required, small_cohort }),
  run: async ({ artefacts, configuration }) => {
    const { required, small_cohort: smallCohort } = configuration.cohort;
    const everyone = await artefacts.readDeidentified();
    const complete = await artefacts.readComplete();
    const { refused } = await artefacts.readJson<DeidentificationRecord>(runLayout.deidentificationRecord);
    const report = checkQuality(complete, { smallCohort });
    const leftOut = (part: CohortPart) => everyone.patientIds.length - completePatients(everyone, [part]).length;
    const output = await artefacts.writeJson(runLayout.quality, {
      patientsRead: everyone.patientIds.length,
      patientsComplete: complete.patientIds.length,
      // Normal samples and the like: left out when the source was read, so the cohort no longer shows them.
      rowsLeftOut: refused,
      missing: Object.fromEntries(required.map((part) => [part, leftOut(part)])),
      ...report,
    });
    const errors = report.findings.filter(({ level }) => level === "error");
    if (errors.length > 0) {
      throw osteonError("pipeline.quality", {
        findings: errors.map(({ message }) => message).join("; "),
        report: runLayout.quality,
      });
    }
    return {
      outputs: [output],
      detail: {
        patients: complete.patientIds.length,
        leftOut: everyone.patientIds.length - complete.patientIds.length,
        warnings: report.findings.filter(({ level }) => level === "warning").length,
      },
    };
  },
};
