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
  "drift.other-reference": {
    category: "input",
    status: 422,
    template: "The state of this drift check counts patients over another reference: that of another model",
    remedy: "Give the state that belongs to this model, or another file to begin anew",
    retryable: false,
  },
  "drift.no-reference": {
    category: "input",
    status: 422,
    template: "{package} has nothing that {question} could be compared with: {reason}",
    remedy:
      "Check against the run directory of a model of such patients, or seal the model with this version of Osteon",
    retryable: false,
  },
  "drift.state": {
    category: "input",
    status: 422,
    template: "{file} is not a drift check's state of this version",
    remedy: "Give another file to begin anew",
    retryable: false,
  },
  "drift.record": {
    category: "input",
    status: 500,
    template: "{file} is not a record of drift checks of this version",
    remedy: "Remove it; the next check writes it anew",
    retryable: false,
  },
  "drift.pseudonym-key": {
    category: "configuration",
    status: 500,
    template: "Against a package, a state needs pseudonyms that stay the same, and no key of theirs is given",
    remedy: "Give phi_removal.key_path in the configuration, or check against the run directory, which has its key",
    retryable: false,
  },
  "drift.other-pseudonyms": {
    category: "configuration",
    status: 422,
    template: "The pseudonym key given is not that of the run in {directory}: its patients would be taken for new ones",
    remedy: "Give the run's own key by phi_removal.key_path",
    retryable: false,
  },
  "drift.served": {
    category: "input",
    status: 422,
    template: "{directory} cannot be compared with what the model gave: {reason}",
    remedy: "Give a folder that osteon generate wrote with this model and without conditions",
    retryable: false,
  },
  "drift.watch": {
    category: "gate",
    status: 409,
    template: "Watch: {reasons}",
    remedy: "{next}",
    retryable: false,
  },
  "drift.found": {
    category: "gate",
    status: 409,
    template: "Drift: {reasons}",
    remedy: "{next}",
    retryable: false,
  },
});
