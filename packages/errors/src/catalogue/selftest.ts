import { defineErrors } from "../definition.ts";

/** How a selftest ends that did not pass. */
export const selftestErrors = defineErrors({
  "selftest.failed": {
    category: "gate",
    status: 500,
    template: "{failed} of {checks} checks failed: {names}",
    remedy: "Do what stands beside each of them, and run the selftest again",
    retryable: false,
  },
  "selftest.insecure": {
    category: "security",
    status: 500,
    template: "{failed} of {checks} checks failed, and what protects the installation is among them: {names}",
    remedy: "Do what stands beside each of them first; where the cause is not known, take the service off the network",
    retryable: false,
  },
  "selftest.unreachable": {
    category: "unavailable",
    status: 503,
    template: "The service at {address} does not answer as one that is well; failed: {names}",
    remedy: "See whether it runs, and its log; then run the selftest again",
    retryable: true,
  },
  "selftest.plain-http": {
    category: "security",
    status: 500,
    template: "{host} is another computer, and the address is plain HTTP: the token would cross the network in plain",
    remedy: "Give the https address of the service or of the proxy before it",
    retryable: false,
  },
});
