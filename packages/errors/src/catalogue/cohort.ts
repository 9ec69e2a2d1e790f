import { defineErrors } from "../definition.ts";

export const cohortErrors = defineErrors({
  "cohort.shape": {
    category: "internal",
    status: 500,
    template: "The {table} table has {actual} values where {expected} belong",
    remedy: "This is a fault of the program that built the cohort: please report it",
    retryable: false,
  },
  "cohort.unknown-patient": {
    category: "input",
    status: 422,
    template: "{count} of the patients asked for are not in the cohort",
    remedy: "List patients by the ids of the cohort, one a line",
    retryable: false,
  },
  "cohort.encoding": {
    category: "input",
    status: 422,
    template: "{file} is not a stored cohort: {reason}",
    remedy: "Run the step that writes it again",
    retryable: false,
  },
});
