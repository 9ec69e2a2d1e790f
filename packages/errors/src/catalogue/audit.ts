import { defineErrors } from "../definition.ts";

export const auditErrors = defineErrors({
  "audit.unwritable": {
    category: "unavailable",
    status: 503,
    // Clients of the service read it too: without a path.
    template: "The audit trail cannot be written ({reason}), so what was asked for was not done",
    remedy: "Have the operator make room on its disk or mend its permissions, then try again",
    retryable: true,
  },
  "audit.outcome-unwritten": {
    category: "unavailable",
    status: 503,
    template: "{action} was done, but the audit trail, which says that it was begun, cannot be written ({reason})",
    remedy: "Make room on its disk or mend its permissions; do not repeat what was done",
    retryable: false,
  },
  "audit.unreadable": {
    category: "input",
    status: 422,
    template: "The audit trail in {directory} cannot be read ({reason})",
    remedy: "Check the path and its permissions; `osteon audit verify` says whether a part of it was altered",
    retryable: false,
  },
  "audit.missing": {
    category: "input",
    status: 422,
    template: "There is no audit trail in {directory}",
    remedy: "Name the folder by --audit or audit.directory, or the registry beside which it is by --registry",
    retryable: false,
  },
  "audit.no-key": {
    category: "configuration",
    status: 500,
    template: "No public key to check the audit trail with was given, and {file} is not there",
    remedy: "Name it by --public-key or in audit.trusted_keys",
    retryable: false,
  },
  "audit.profile-key": {
    category: "configuration",
    status: 500,
    template: "{file} does not hold the key of the audit trail's profile digests: {reason}",
    remedy: "Give the file that was made with the trail: 64 hexadecimal digits",
    retryable: false,
  },
  "audit.broken": {
    category: "security",
    status: 422,
    template: "The audit trail in {directory} does not hold: {faults} fault(s), the first: {first}",
    remedy: "Keep it as it is, find out who could write to it, and compare it with a copy",
    retryable: false,
  },
  "audit.checkpoint": {
    category: "input",
    status: 422,
    template: "{file} holds no checkpoint of an audit trail",
    remedy: "Give a file that `osteon audit checkpoint` wrote",
    retryable: false,
  },
});
