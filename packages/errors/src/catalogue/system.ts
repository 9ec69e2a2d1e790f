import { defineErrors } from "../definition.ts";

/** What the operating system refuses; made from its own errors by `translateSystemError`. */
export const systemErrors = defineErrors({
  "system.permission": {
    category: "input",
    status: 500,
    template: "The system does not let this user use {path} ({reason})",
    remedy: "Check who owns it and its permissions, or give another path",
    retryable: false,
  },
  "system.no-space": {
    category: "unavailable",
    status: 503,
    template: "There is no room left to write {path} ({reason})",
    remedy:
      "Make room on that disk, or give another directory, and run the same command again: what is finished is kept",
    retryable: true,
  },
  "system.not-a-directory": {
    category: "input",
    status: 500,
    template: "{path} is a file, or leads through one, where a directory belongs ({reason})",
    remedy: "Give another path, or move that file away",
    retryable: false,
  },
  "system.is-a-directory": {
    category: "input",
    status: 500,
    template: "{path} is a directory where a file belongs ({reason})",
    remedy: "Give the path of a file",
    retryable: false,
  },
  "system.missing": {
    category: "input",
    status: 500,
    template: "{path} is not there ({reason})",
    remedy: "Check the path; if it was there a moment ago, find out what removed it",
    retryable: false,
  },
  "system.path": {
    category: "input",
    status: 500,
    template: "The system does not take the path {path} ({reason})",
    remedy: "Give a shorter path, or one without links that lead in a circle",
    retryable: false,
  },
  "system.address-in-use": {
    category: "unavailable",
    status: 503,
    template: "Port {port} of {address} is in use by another program ({reason})",
    remedy: "Stop that program, or give another port by --port; 0 takes any free one",
    retryable: true,
  },
  "system.port-not-permitted": {
    category: "input",
    status: 500,
    template: "The system does not let this user listen on port {port} ({reason})",
    remedy: "Give a port above 1023 by --port, and put a proxy before it if clients need another",
    retryable: false,
  },
  "system.address": {
    category: "input",
    status: 500,
    template: "This computer has no address {address} to listen on ({reason})",
    remedy: "Give 127.0.0.1 for this computer alone, 0.0.0.0 for all its networks, or a name or address that it has",
    retryable: false,
  },
  "system.exhausted": {
    category: "unavailable",
    status: 503,
    template: "The system has no {what} left to give ({reason})",
    remedy: "End other programs or raise the limit (see `ulimit -a`), and run the same command again",
    retryable: true,
  },
  "system.failed": {
    category: "unavailable",
    status: 503,
    template: "The system failed at {operation} of {path} ({reason})",
    remedy: "Check the disk and the network it may be on, then run the same command again: what is finished is kept",
    retryable: true,
  },
});
