import { defineErrors } from "../definition.ts";

export const generatorErrors = defineErrors({
  "generator.too-few-patients": {
    category: "input",
    status: 422,
    template: "The cohort has {patients} patients; at least {minimum} are needed to fit a model",
    remedy: "Add patients, or loosen which data a patient must have (cohort.required)",
    retryable: false,
  },
  "generator.no-data": {
    category: "input",
    status: 422,
    template: "Fitting a model needs {what}; the cohort has {found}",
    remedy: "Check the quality report for what is missing, and the source's column names",
    retryable: false,
  },
  "generator.malformed-model": {
    category: "input",
    status: 422,
    template: "The {family} model lacks the tensor {name}, or has it in another type or size",
    remedy: "The package was made by another version: train again or use that version",
    retryable: false,
  },
  "generator.unknown-family": {
    category: "input",
    status: 422,
    template: "The model is of a family that this version does not know; it knows {known}",
    remedy: "Use the version of Osteon that made the package, or train again",
    retryable: false,
  },
  "generator.no-network": {
    category: "input",
    status: 422,
    template: "A {family} model has no network that could be run in 8-bit integers",
    remedy: "Export it without --int8, or train with training.architecture: diffusion or cvae",
    retryable: false,
  },
  "generator.option": {
    category: "configuration",
    status: 422,
    template: "The training option {option} is not {allowed}",
    remedy: "Choose {option} in that range",
    retryable: false,
  },
  "generator.rare-profile": {
    category: "gate",
    status: 422,
    template: "Too few of the patients that the model was trained on are like the profile asked for",
    remedy: "Leave out {loosen}; or give one of them a commoner value",
    retryable: false,
  },
  "generator.privacy-useless": {
    category: "input",
    status: 422,
    template:
      "Differential privacy with epsilon {epsilon} and delta {delta} cannot work here: with {patients} patients and {variables} variables the noise would be up to {factor} times as much as the data can bear; {needed} patients would be needed",
    remedy:
      "Model fewer variables (a panel of genes that is known beforehand), allow a larger epsilon, or train without differential privacy and rely on the measured privacy of the evaluation",
    retryable: false,
  },
});
