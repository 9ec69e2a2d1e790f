import { deidentifyCohort } from "@osteon/deidentification";
import { fingerprintWithKey } from "../run-keys.ts";
import type { Step } from "../step.ts";

/** Replaces ids by keyed pseudonyms and generalises ages; stops where an identifier is found. */
export const deidentifyStep: Step = {
  options: ({ phi_removal: { release, age_precision_years } }) => ({ release, age_precision_years }),
  inputs: async ({ keys }) => ({ pseudonymKey: fingerprintWithKey(keys.pseudonymKey, "pseudonym key") }),
  run: async ({ artefacts, configuration, keys, signal }) => {
    const { release, age_precision_years: agePrecisionYears } = configuration.phi_removal;
    const { cohort, record } = await deidentifyCohort(await artefacts.readSource(), {
      key: keys.pseudonymKey,
      release,
      agePrecisionYears,
      signal,
    });
    return {
      outputs: await artefacts.writeDeidentified(cohort, record),
      detail: {
        columnsTaken: record.taken.length,
        columnsDropped: record.dropped.length,
        identifiersFound: record.findings.length,
      },
    };
  },
};
