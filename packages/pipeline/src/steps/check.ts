import { completePatients, type Cohort, type CohortPart } from "@osteon/cohort";
import type { DeidentificationRecord } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { compareExtracts, describeComparison, type ExtractComparison } from "@osteon/drift";
import { checkObservation, checkQuality } from "@osteon/quality";
import { runLayout } from "../run-layout.ts";
import type { Step } from "../step.ts";

/** Judges the complete patients; an error finding stops the run after the report is written. */
export const checkStep: Step = {
  options: ({ cohort: { required, small_cohort } }) => ({ required, small_cohort }),
  run: async ({ artefacts, configuration, signal }) => {
    const { required, small_cohort: smallCohort } = configuration.cohort;
    const everyone = await artefacts.readDeidentified();
    const complete = await artefacts.readComplete();
    const { refused } = await artefacts.readJson<DeidentificationRecord>(runLayout.deidentificationRecord);
    const sinceLast = compareWithLast(await artefacts.readPrevious(), everyone, signal);
    const { cohort: source, observedDays } = await artefacts.readSource();
    const report = checkQuality(complete, {
      smallCohort,
      furtherFindings: [
        // By the source's own ids: what it tells of dates goes no further than here.
        ...checkObservation({ patientIds: source.patientIds, ...source.clinical }, observedDays),
        ...(sinceLast ? describeComparison(sinceLast) : []),
      ],
    });
    const leftOut = (part: CohortPart) => everyone.patientIds.length - completePatients(everyone, [part]).length;
    const output = await artefacts.writeJson(runLayout.quality, {
      patientsRead: everyone.patientIds.length,
      patientsComplete: complete.patientIds.length,
      // Normal samples and the like: left out when the source was read, so the cohort no longer shows them.
      rowsLeftOut: refused,
      missing: Object.fromEntries(required.map((part) => [part, leftOut(part)])),
      ...report,
      ...(sinceLast && { sinceLastExtract: sinceLast }),
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

/** A run directory that has read another extract before keeps it; simulated patients are no extract. */
function compareWithLast(
  previous: Cohort | undefined,
  current: Cohort,
  signal: AbortSignal,
): ExtractComparison | undefined {
  return previous === undefined || previous.simulated || current.simulated
    ? undefined
    : compareExtracts(previous, current, { signal });
}
