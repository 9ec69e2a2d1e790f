import { defineErrors } from "../definition.ts";

export const qualityErrors = defineErrors({
  "quality.failed": {
    category: "gate",
    status: 422,
    template: "The cohort did not pass the quality check ({count} errors). First: {first}",
    remedy: "The quality report lists them all with what to do",
    retryable: false,
  },
  "quality.option": {
    category: "configuration",
    status: 422,
    template: "The quality check's option {option} is not a whole number of {minimum} or more",
    remedy: "Choose {option} in that range",
    retryable: false,
  },
});
