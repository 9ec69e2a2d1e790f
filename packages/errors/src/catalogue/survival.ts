import { defineErrors } from "../definition.ts";

export const survivalErrors = defineErrors({
  "survival.empty": {
    category: "input",
    status: 422,
    template: "{analysis} was asked for no patients",
    remedy: "Give at least one patient with a known survival time and event",
    retryable: false,
  },
  "survival.length": {
    category: "internal",
    status: 500,
    template: "{field} has {actual} values where {expected} belong",
    remedy: "Give one value a patient, in the order of the survival times",
    retryable: false,
  },
  "survival.value": {
    category: "input",
    status: 422,
    template: "{field} has {count} values that are not {allowed}",
    remedy: "Leave out patients with unknown values, or correct them at the source",
    retryable: false,
  },
  "survival.option": {
    category: "input",
    status: 422,
    template: "The option {option} is not {allowed}",
    remedy: "Choose a value in that range",
    retryable: false,
  },
});
