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
  "cohort.unknown-variable": {
    category: "input",
    status: 422,
    template: "The demonstration cohort has no variable {variable}",
    remedy: "Use a name of its truth, such as mutation:TP53, pathway:p53 or expression:CDKN1A",
    retryable: false,
  },
  "cohort.simulation-option": {
    category: "configuration",
    status: 422,
    template: "The demonstration cohort's option {option} is not a whole number of {minimum} to {maximum}",
    remedy: "Choose {option} in that range",
    retryable: false,
  },
  "cohort.row": {
    category: "internal",
    status: 500,
    template: "{count} of the rows asked for are not rows of a cohort of {patients} patients",
    remedy: "This is a fault of the program that chose the rows: please report it",
    retryable: false,
  },
  "cohort.split-option": {
    category: "configuration",
    status: 422,
    template: "The cohort cannot be split: {option} is not {allowed}",
    remedy: "Choose {option} in that range",
    retryable: false,
  },
  "cohort.value": {
    category: "internal",
    status: 500,
    template: "The {table} table has {count} values that are not {allowed}",
    remedy: "This is a fault of the program that built the cohort: please report it",
    retryable: false,
  },
  "cohort.gene-alias-malformed": {
    category: "configuration",
    status: 422,
    template: "{file}, line {line}: not two names of a gene",
    remedy: "Write the name that files use and the symbol to call the gene by, or - to leave the name as it is",
    retryable: false,
  },
  "cohort.gene-alias-twice": {
    category: "configuration",
    status: 422,
    template: "{file}, line {line}: the same name as on line {first}",
    remedy: "Keep one of the two lines",
    retryable: false,
  },
});
