import { defineErrors } from "../definition.ts";

export const qualityErrors = defineErrors({
  "quality.option": {
    category: "configuration",
    status: 422,
    template: "The quality check's option {option} is not a whole number of {minimum} or more",
    remedy: "Choose {option} in that range",
    retryable: false,
  },
});
