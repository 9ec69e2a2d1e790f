import { defineErrors } from "../definition.ts";

export const reportErrors = defineErrors({
  "report.input": {
    category: "input",
    status: 422,
    template: "The report cannot be made: {field} must be {allowed}",
    remedy: "Evaluate the model again with this version of Osteon",
    retryable: false,
  },
});
