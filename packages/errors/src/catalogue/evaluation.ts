import { defineErrors } from "../definition.ts";

export const evaluationErrors = defineErrors({
  "evaluation.too-few-patients": {
    category: "input",
    status: 422,
    template: "The {role} cohort has {actual} patients; validating takes at least {minimum}",
    remedy: "Hold out more patients, or generate more",
    retryable: false,
  },
  "evaluation.no-shared-genes": {
    category: "input",
    status: 422,
    template:
      "The training, held-out and synthetic cohorts share no {table} gene, although the training cohort has {expected}",
    remedy: "Validate with the features and the model of the same run",
    retryable: false,
  },
  "evaluation.missing-genes": {
    category: "input",
    status: 422,
    template: "The synthetic cohort lacks {missing} of the {expected} {table} genes of its training cohort",
    remedy: "Generate every gene that the model was fitted to",
    retryable: false,
  },
  "evaluation.unit": {
    category: "input",
    status: 422,
    template: "The {role} cohort's expression is in {actual}, the training cohort's in {expected}",
    remedy: "Validate with the features and the model of the same run",
    retryable: false,
  },
  "evaluation.option": {
    category: "configuration",
    status: 422,
    template: "The validation option {option} is {actual}, and must be {allowed}",
    remedy: "Correct validation.{option} in the configuration",
    retryable: false,
  },
  "evaluation.shadow-score": {
    category: "internal",
    status: 500,
    template: "Shadow model {shadow} gives a patient a score that is not a finite number",
    remedy: "Give a score by distance to the closest generated record, or a log-density that is finite everywhere",
    retryable: false,
  },
  "evaluation.replicates": {
    category: "input",
    status: 422,
    template: "Combining synthetic replicates takes {allowed} as {field}",
    remedy: "Give one estimate and one variance a replicate, and the sizes stated in provenance.json",
    retryable: false,
  },
});
