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
    template: "The configuration has {count} fault(s): {faults}",
    remedy: "Mend these keys; `osteon init` writes every key with its default and meaning",
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
    template: "{option} takes {allowed}",
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
  "configuration.no-key": {
    category: "configuration",
    status: 500,
    template: "No key to open {path} was given",
    remedy: "Give the identity file by --key, by encryption.key_path or by OSTEON_KEY_FILE",
    retryable: false,
  },
});
