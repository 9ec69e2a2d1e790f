import type { Configuration } from "@osteon/contracts";
import { countOf } from "../markup/format.ts";
import type { ComplianceFacts } from "./compliance-facts.ts";
import { known, knownOr, type Entry } from "./entry.ts";

const missing = "give the site's configuration by --config, or describe it";

/** An entry of the configuration, or a blank where none was given. */
function configured(
  { configuration }: ComplianceFacts,
  label: string,
  keys: string,
  describe: (configuration: Configuration) => string,
): Entry {
  return knownOr(configuration && describe(configuration), label, `the configuration, ${keys}`, missing);
}

/** With what it runs. */
export function describeVersions({ osteonVersion, nodeVersion, createdAt }: ComplianceFacts): Entry[] {
  return [
    known("Software", `Osteon ${osteonVersion} on Node.js ${nodeVersion}`, "the program that wrote this"),
    known("State of the facts", createdAt, "the clock of this computer"),
  ];
}

/** What is encrypted, at rest and on its way. */
export function describeEncryption(facts: ComplianceFacts): Entry[] {
  return [
    known(
      "Model at rest",
      "sealed with age; it was opened with its key for this document, and every digest held",
      "the sealed package",
    ),
    configured(facts, "Patients' intermediate data at rest", "encryption.enabled", ({ encryption }) =>
      encryption.enabled ? "sealed with age" : "IN PLAIN in the run directory, as the configuration accepts",
    ),
    configured(facts, "On the network", "service.tls, service.behind_proxy, service.host", ({ service }) =>
      service.tls !== undefined
        ? "TLS 1.2 or 1.3 with the service's own certificate"
        : service.behind_proxy
          ? "TLS at a proxy that stands before the service, as the configuration declares"
          : "none: the service answers this computer alone",
    ),
    configured(facts, "Backups", "backup.recipients", ({ backup }) =>
      backup.recipients.length === 0
        ? "no public key is configured, so none can be made without naming one"
        : `encrypted for ${countOf(backup.recipients.length, "public key")}`,
    ),
  ];
}

/** Who is let in, and how much each may ask for. */
export function describeAccess(facts: ComplianceFacts): Entry[] {
  return [
    configured(facts, "Who is told apart by what", "service.oidc, service.keys_directory", ({ service }) =>
      service.oidc === undefined
        ? "API keys, each with its own id, scopes and end; tokens of a list"
        : `access tokens of the identity provider ${service.oidc.issuer}; API keys, each with its own id, scopes and end; tokens of a list`,
    ),
    configured(facts, "Limits", "service.limits", ({ service: { limits } }) =>
      [
        `${limits.patients_per_day} patients a day for a key or person`,
        `${limits.profile_patients_per_day} of one profile`,
        `${limits.profile_patients_per_day_in_all} of one profile for all together`,
        `${limits.refusals_per_minute} refused tokens a minute from one address`,
      ]
        .join(", ")
        .concat(" (0: no such limit)"),
    ),
  ];
}

/** What is written down of use. */
export function describeAudit(facts: ComplianceFacts): Entry[] {
  return [
    configured(facts, "Audit trail", "audit.required", ({ audit }) =>
      audit.required
        ? "required: what cannot be entered is not done; entries are chained and signed"
        : "NOT required: what cannot be entered is done all the same",
    ),
    configured(
      facts,
      "Alerts",
      "alerts.rules, alerts.channels",
      ({ alerts }) => `${countOf(alerts.rules.length, "rule")}, ${countOf(alerts.channels.length, "channel")}`,
    ),
  ];
}

/** How long what is kept. */
export function describeRetention(facts: ComplianceFacts): Entry[] {
  return [
    configured(facts, "Audit trail", "audit.retention_years", ({ audit }) => countOf(audit.retention_years, "year")),
    configured(facts, "Backups", "backup.keep", ({ backup }) =>
      backup.keep === undefined ? "all are kept" : `the last ${backup.keep}`,
    ),
    configured(facts, "Usage over time", "observability.usage_days", ({ observability }) =>
      countOf(observability.usage_days, "day"),
    ),
    configured(
      facts,
      "Log",
      "logging.files, logging.max_bytes",
      ({ logging }) => `${countOf(logging.files, "file")} of ${logging.max_bytes} bytes`,
    ),
  ];
}
