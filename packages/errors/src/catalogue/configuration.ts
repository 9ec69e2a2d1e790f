import { defineErrors } from "../definition.ts";

export const configurationErrors = defineErrors({
  "configuration.unreadable": {
    category: "configuration",
    status: 500,
    template: "The configuration file {file} cannot be read ({reason})",
    remedy: "Check the path, or write one with `osteon init`",
    retryable: false,
  },
  "configuration.syntax": {
    category: "configuration",
    status: 500,
    template: "The configuration file {file} is not YAML at line {line}, column {column}: {reason}",
    remedy: "Mend that place; `osteon init` writes a commented example",
    retryable: false,
  },
  "configuration.invalid": {
    category: "configuration",
    status: 500,
    template: "The configuration {file} has {found}",
    remedy: "Mend the following; `osteon init` writes every key with its default and meaning:{faults}",
    retryable: false,
  },
  "configuration.secret": {
    category: "security",
    status: 500,
    template: "{place} holds a secret itself",
    remedy: "Put it in a file that only you can read and give the file's path, or an environment variable",
    retryable: false,
  },
  "configuration.exists": {
    category: "input",
    status: 422,
    template: "{file} exists already",
    remedy: "Choose another name; nothing is overwritten",
    retryable: false,
  },
  "configuration.option": {
    category: "input",
    status: 422,
    template: "The option {option} takes {allowed}",
    remedy: "See `osteon {command} --help`",
    retryable: false,
  },
  "configuration.file": {
    category: "input",
    status: 422,
    template: "{file}, given by {option}, cannot be read ({reason})",
    remedy: "Check the path and its permissions",
    retryable: false,
  },
  "configuration.model-path": {
    category: "input",
    status: 422,
    template: "{path} is neither a run directory with a sealed model nor a package file",
    remedy: "Run `osteon run` to its end, or give the path of a .osteon file",
    retryable: false,
  },
  "configuration.run-unfinished": {
    category: "input",
    status: 422,
    template:
      "The run in {run} did not come to its end since its data or options changed, so its sealed model is an earlier one",
    remedy: "Run `osteon run` to its end, or give {package} itself to use the earlier model",
    retryable: false,
  },
  "configuration.token": {
    category: "configuration",
    status: 500,
    template: "{place} {problem}",
    remedy:
      "Give one random token a line, such as `openssl rand -hex 32` prints; or leave the file out to have one made",
    retryable: false,
  },
  "configuration.registry": {
    category: "configuration",
    status: 500,
    template: "There is no registry of models in {directory}",
    remedy: "Take a model in with `osteon models add`, or name the registry by --registry or registry.directory",
    retryable: false,
  },
  "configuration.registry-key": {
    category: "configuration",
    status: 500,
    template: "No public key to check signatures with was given, and {file} is not there",
    remedy: "Name the signer's public key in registry.trusted_keys",
    retryable: false,
  },
  "configuration.source-faults": {
    category: "configuration",
    status: 422,
    template: "The source has {count} faults, which are listed above; no patient was read",
    remedy: "Mend them and check again",
    retryable: false,
  },
  "configuration.no-key": {
    category: "configuration",
    status: 500,
    template: "No key to open {path} was given",
    remedy: "Give the identity file by --key, by encryption.key_path or by OSTEON_KEY_FILE",
    retryable: false,
  },
});
