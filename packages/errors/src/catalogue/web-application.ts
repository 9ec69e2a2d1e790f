import { defineErrors } from "../definition.ts";

/** Sessions of browsers, and models as the service tells of them: without names of files or registries. */
export const webApplicationErrors = defineErrors({
  "service.session-ended": {
    category: "security",
    status: 401,
    template: "The session has ended",
    remedy: "Sign in again",
    retryable: false,
  },
  "service.foreign-request": {
    category: "security",
    status: 403,
    template: "The request comes with a session but may have been made by another site",
    remedy: "Send the header X-Osteon-Request with it, or an access token in place of the session",
    retryable: false,
  },
  "service.model-unknown": {
    category: "input",
    status: 404,
    template: "There is no such model",
    remedy: "Take a version that GET /models lists",
    retryable: false,
  },
  "service.not-in-package": {
    category: "input",
    status: 404,
    template: "The sealed model holds no {what}",
    remedy: "A model with differential privacy carries none; of another one it is made by `osteon run`",
    retryable: false,
  },
  "service.model-refused": {
    category: "gate",
    status: 409,
    template: "The model is refused by its checks ({code}), and nothing has changed",
    remedy: "Ask the operator to run `osteon models verify`",
    retryable: false,
  },
  "service.gate-not-passed": {
    category: "gate",
    status: 409,
    template: "Model {version} did not pass the release gate: {reasons}",
    remedy: "Train a better model; or override the gate with a reason, which is kept",
    retryable: false,
  },
  "service.override-reason": {
    category: "input",
    status: 422,
    template: "Overriding the gate of model {version} needs a reason",
    remedy: "Say why; it stays in the history for good",
    retryable: false,
  },
  "service.no-rollback": {
    category: "input",
    status: 409,
    template: "There is no such version to go back to",
    remedy: "Name a version that was on air before, or promote one",
    retryable: false,
  },
  "service.moved-meanwhile": {
    category: "unavailable",
    status: 409,
    template: "Somebody else changed what is on air meanwhile",
    remedy: "Look at the models and decide again",
    retryable: true,
  },
  "service.too-many-listeners": {
    category: "unavailable",
    status: 503,
    template: "Too many are following the run",
    remedy: "Close a page that follows it, or try again later",
    retryable: true,
  },
});
