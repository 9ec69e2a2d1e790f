import { defineErrors } from "../definition.ts";

export const pipelineErrors = defineErrors({
  "pipeline.manifest": {
    category: "input",
    status: 422,
    template: "{file} is not a run's manifest of this version",
    remedy: "Choose another run directory, or remove that file to begin the run anew",
    retryable: false,
  },
  "pipeline.locked": {
    category: "unavailable",
    status: 503,
    template: "The run directory {directory} is in use by process {pid} on {host} (since {since})",
    remedy:
      "Wait until that run ends, stop it, or give another directory by --run; if no such process exists, delete {lockFile}",
    retryable: true,
  },
  "pipeline.key-missing": {
    category: "configuration",
    status: 500,
    template: "The run in {directory} was sealed with the key {recipient}, and {file} is not there",
    remedy: "Put that key back or give its file by encryption.key_path; or give another directory to begin anew",
    retryable: false,
  },
  "pipeline.pseudonym-key-missing": {
    category: "configuration",
    status: 500,
    template: "The pseudonyms of the run in {directory} were made with a key of its own, and {file} is not there",
    remedy: "Put that key back or give its file by phi_removal.key_path; or give another directory to begin anew",
    retryable: false,
  },
  "pipeline.other-key": {
    category: "security",
    status: 403,
    template: "The run in {directory} was sealed with the key {recipient}, and the key given is {given}",
    remedy: "Give the file of that key by encryption.key_path, or another run directory to begin anew",
    retryable: false,
  },
  "pipeline.altered-result": {
    category: "security",
    status: 422,
    template: "{file} is not as step {step} wrote it: it was altered or removed",
    remedy: "Run {step} again, or leave out --steps to run all that needs it; find out who or what changed the file",
    retryable: false,
  },
  "pipeline.step-needed": {
    category: "input",
    status: 422,
    template: "Step {step} needs the result of step {needed}, which is not there or no longer follows from its inputs",
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
  "pipeline.gene-aliases": {
    category: "input",
    status: 422,
    template: "The table of gene names {file} cannot be read ({reason})",
    remedy: "Check cohort.gene_aliases in the configuration; leave it out for the built-in table alone",
    retryable: false,
  },
  "pipeline.gene-sets": {
    category: "input",
    status: 422,
    template: "The gene-set file {file} cannot be read ({reason})",
    remedy: "Check {key} in the configuration; leave it out for what is built in",
    retryable: false,
  },
  "pipeline.deidentification-open": {
    category: "gate",
    status: 422,
    template: "The de-identification leaves open: {points}",
    remedy: "Do what is said of each, and run the same command again",
    retryable: false,
  },
  "pipeline.quality": {
    category: "gate",
    status: 422,
    template: "The cohort does not pass the quality check: {findings}",
    remedy: "See {report} in the run directory for every finding",
    retryable: false,
  },
  "pipeline.private-z-scores": {
    category: "input",
    status: 422,
    template:
      "Differential privacy cannot be promised of expression in z-scores: they are scaled over the patients, so that each patient is in all values",
    remedy: "Give the profile in log2(TPM+1), or train without training.differential_privacy",
    retryable: false,
  },
  "pipeline.int8-refused": {
    category: "gate",
    status: 422,
    template:
      "8-bit integers are not offered for this model: on held-out patients their calibrated score is {int8}, where " +
      "32-bit floats have {lower} to {upper}, and they are {timesAsFast} times as fast, where {least} is asked for",
    remedy: "Export it without --int8",
    retryable: false,
  },
  "pipeline.copies": {
    category: "gate",
    status: 422,
    template:
      "The model is not sealed: in validation {near} of {candidates} synthetic patients repeat a patient that it was trained on (see {report}), which small_cohort does not admit",
    remedy: "Do not share this run's synthetic patients; lower training.largest_rank, or add patients, and run again",
    retryable: false,
  },
  "pipeline.gate": {
    category: "gate",
    status: 422,
    template: "The release gate is not passed: {reasons}",
    remedy: "See {report} for every score; more patients, other training options or another architecture may help",
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
