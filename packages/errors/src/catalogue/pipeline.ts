import { defineErrors } from "../definition.ts";

export const pipelineErrors = defineErrors({
  "pipeline.manifest": {
    category: "input",
    status: 422,
    template: "{file} is not a run's manifest of this version",
    remedy: "Choose another run directory, or remove that file to begin the run anew",
    retryable: false,
  },
  "pipeline.step-needed": {
    category: "input",
    status: 422,
    template: "Step {step} needs the result of step {needed}, which is not there",
    remedy: "Run {needed} first, or leave out --steps to run all",
    retryable: false,
  },
  "pipeline.missing-result": {
    category: "input",
    status: 422,
    template: "The run directory lacks {file}",
    remedy: "Run the step that writes it again",
    retryable: false,
  },
  "pipeline.pseudonym-key": {
    category: "configuration",
    status: 500,
    template: "The pseudonym key {file} cannot be used: {reason}",
    remedy: "Give a file with 32 random bytes as 64 hexadecimal digits, such as `openssl rand -hex 32` prints",
    retryable: false,
  },
  "pipeline.source-folder": {
    category: "input",
    status: 422,
    template: "The source folder {folder} cannot be read",
    remedy: "Check data.path in the configuration, or --cohort, and the permissions of the folder",
    retryable: false,
  },
  "pipeline.gene-sets": {
    category: "input",
    status: 422,
    template: "The gene-set file {file} cannot be read",
    remedy: "Check features.gene_sets in the configuration; leave it out for the built-in sets",
    retryable: false,
  },
  "pipeline.quality": {
    category: "gate",
    status: 422,
    template: "The cohort does not pass the quality check ({count}): {findings}",
    remedy: "Mend the source, or see {report} in the run directory for each finding",
    retryable: false,
  },
  "pipeline.no-expression": {
    category: "input",
    status: 422,
    template: "The cohort has no expression profile to train on",
    remedy: "Add an MRNA_EXPRESSION profile to the source",
    retryable: false,
  },
  "pipeline.package-content": {
    category: "input",
    status: 422,
    template: "The package holds {what}, which this version cannot use",
    remedy: "Train again with this version, or use the version that made the package",
    retryable: false,
  },
});
