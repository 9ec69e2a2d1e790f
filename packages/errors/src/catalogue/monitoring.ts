import { defineErrors } from "../definition.ts";

export const monitoringErrors = defineErrors({
  "monitoring.channel": {
    category: "unavailable",
    status: 503,
    template: "The channel {channel} did not take a notice: {reason}",
    remedy: "Check its address, its certificate and its credentials, and try `osteon alerts test`",
    retryable: true,
  },
  "monitoring.channels-failed": {
    category: "unavailable",
    status: 503,
    template: "{failed} of {all} channels did not take the notice",
    remedy: "The reasons are listed above; mend them and try again",
    retryable: true,
  },
  "monitoring.no-channels": {
    category: "configuration",
    status: 500,
    template: "The configuration names no channel that notices could go to",
    remedy: "Add one to alerts.channels; docs/monitoring.md shows how",
    retryable: false,
  },
  "monitoring.secret": {
    category: "configuration",
    status: 500,
    template: "The secret of the channel {channel} cannot be used: it {problem}",
    remedy: "Give it by a file that only its owner can read, or by an environment variable",
    retryable: false,
  },
  "monitoring.in-use": {
    category: "unavailable",
    status: 503,
    template: "Another process (pid {pid} on {host}) keeps its history in {directory}",
    remedy: "Give each service a directory of its own by observability.directory",
    retryable: true,
  },
  "monitoring.damaged": {
    category: "input",
    status: 500,
    template: "{file} is not what Osteon wrote",
    remedy: "Remove it: what it held begins anew",
    retryable: false,
  },
});
