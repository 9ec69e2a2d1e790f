import { defineErrors } from "../definition.ts";

export const driftErrors = defineErrors({
  "drift.too-few-patients": {
    category: "input",
    status: 422,
    template: "One of the cohorts to compare has {actual} patients, fewer than {minimum}",
    remedy: "Compare when more patients have come in",
    retryable: false,
  },
  "drift.option": {
    category: "configuration",
    status: 422,
    template: "Drift cannot be measured: {option} is not {allowed}",
    remedy: "Choose {option} in that range",
    retryable: false,
  },
});
