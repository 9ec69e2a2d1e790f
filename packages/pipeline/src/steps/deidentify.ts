import { deidentifyCohort } from "@osteon/deidentification";
import { keepsPlainData, plainDataWarning } from "../plain-data.ts";
import { fingerprintWithKey } from "../run-keys.ts";
import type { Step } from "../step.ts";

/** Replaces ids by keyed pseudonyms, generalises ages and cuts follow-ups; stops where an identifier is found. */
export const deidentifyStep: Step = {
  options: ({ phi_removal: { release, age_precision_years, date_shift_days } }) => ({
    release,
    age_precision_years,
    date_shift_days,
  }),
  inputs: async ({ keys }) => ({ pseudonymKey: fingerprintWithKey(keys.pseudonymKey, "pseudonym key") }),
  run: async ({ artefacts, configuration, keys, signal }) => {
    const { release, age_precision_years, date_shift_days } = configuration.phi_removal;
    const { cohort, record } = await deidentifyCohort(await artefacts.readSource(), {
      key: keys.pseudonymKey,
      release,
      agePrecisionYears: age_precision_years,
      dateShiftDays: date_shift_days,
      signal,
    });
    return {
      outputs: await artefacts.writeDeidentified(cohort, {
        ...record,
        notes: [...record.notes, ...(keepsPlainData(configuration) ? [`${plainDataWarning}.`] : [])],
      }),
      detail: {
        columnsTaken: record.taken.length,
        columnsDropped: record.dropped.length,
        identifiersFound: record.findings.length,
      },
    };
  },
};
