import { defineErrors } from "../definition.ts";

/** Keys that clients of the service have. */
export const accessErrors = defineErrors({
  "access.key-unknown": {
    category: "input",
    status: 404,
    template: "There is no API key {id} in {directory}",
    remedy: "Take an id that `osteon keys list` shows",
    retryable: false,
  },
  "access.key-file": {
    category: "security",
    status: 500,
    template: "{file} is no API key as Osteon writes it, and is not accepted: {reason}",
    remedy: "Find out who or what changed it; revoke that key by removing the file, and create another",
    retryable: false,
  },
  "access.keys-unreadable": {
    category: "unavailable",
    status: 503,
    template: "The API keys in {directory} cannot be read ({reason})",
    remedy: "Check the directory and its permissions; a running service goes on with the keys that it read before",
    retryable: true,
  },
  "access.key-set": {
    category: "unavailable",
    status: 503,
    template: "The keys of the identity provider cannot be had from {place} ({reason})",
    remedy: "Check the address or the file in service.oidc; keys that are known go on for a day",
    retryable: true,
  },
  "access.subject-key": {
    category: "configuration",
    status: 500,
    template: "{file} holds no key for the ids of OIDC subjects",
    remedy: "Give 64 hexadecimal digits, such as `openssl rand -hex 32` prints, or leave the file out to have one made",
    retryable: false,
  },
});
