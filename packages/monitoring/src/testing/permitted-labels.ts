import { catalogue } from "@osteon/errors";
import { httpMethod, modelVersion, routeTemplate, semanticVersion } from "@osteon/observability";
import { alertKinds } from "../alerts/alert-kinds.ts";
import { other } from "../request-labels.ts";
import { driftStates, keyUses } from "../sources/monitoring-sources.ts";
import { wordLabel } from "../metrics/word-label.ts";
import { sourceNames } from "./source-names.ts";

type Permitted = (value: string) => boolean;

const oneOf =
  (...words: readonly string[]): Permitted =>
  (value) =>
    words.includes(value);

/** Every label that a metric may have, and the values that it may take: what is not here is in no metric. */
export const permittedLabels: Readonly<Record<string, Permitted>> = {
  route: (value) => value === other || routeTemplate.read(value) !== undefined,
  method: (value) => value === other || httpMethod.read(value as never) !== undefined,
  status: (value) => value === other || /^[1-5]\d\d$/.test(value),
  code: (value) => value === "internal" || Object.hasOwn(catalogue, value),
  le: (value) => value === "+Inf" || Number(value) > 0,
  model_version: (value) => modelVersion.read(value) !== undefined,
  family: (value) => /^[a-z][a-z0-9-]{0,63}$/.test(value),
  trained_on_simulated_patients: oneOf("true", "false"),
  state: oneOf(...driftStates.map(wordLabel)),
  key: oneOf(...keyUses),
  source: oneOf(...sourceNames.map(wordLabel)),
  alert: oneOf(...alertKinds),
  severity: oneOf("warning", "critical"),
  channel: oneOf("webhook", "email"),
  outcome: oneOf("delivered", "failed", "abandoned"),
  // Of Node's own metrics.
  kind: oneOf("major", "minor", "incremental", "weakcb"),
  space: (value) => /^[a-z_]{1,40}$/.test(value),
  version: (value) => semanticVersion.read(value.replace(/^v/, "")) !== undefined,
  major: (value) => /^\d+$/.test(value),
  minor: (value) => /^\d+$/.test(value),
  patch: (value) => /^\d+$/.test(value),
};
