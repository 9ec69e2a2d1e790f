import { defineErrors } from "../definition.ts";

export const storageErrors = defineErrors({
  "storage.locked": {
    category: "unavailable",
    status: 503,
    template: "The run database in {directory} is in use by process {pid} on {host} (since {since})",
    remedy:
      "Wait until that process ends, stop it, or use another directory; if no such process exists, delete {lockFile}",
    retryable: true,
  },
  "storage.cannot-open": {
    category: "unavailable",
    status: 503,
    template: "The run database in {directory} cannot be opened ({reason})",
    remedy:
      "Check that the directory can be written and the disk has room; if it is damaged, restore it or move it away",
    retryable: false,
  },
  "storage.newer-schema": {
    category: "configuration",
    status: 500,
    template: 'The database in {place} was changed by a newer Osteon (it has the migration "{migration}")',
    remedy:
      "Start that newer version again; to go back to this one, restore a backup that the newer version made into a new database (docs/rollback.md)",
    retryable: false,
  },
  "storage.failed": {
    category: "internal",
    status: 500,
    template: "The run database refused to {operation} (SQLSTATE {state})",
    remedy: "Check that the disk has room; otherwise this is a fault of Osteon: please report it",
    retryable: false,
  },
  "storage.unknown-run": {
    category: "internal",
    status: 404,
    template: 'The run database has no run "{runId}"',
    remedy: "Record the start of the run first",
    retryable: false,
  },
  "storage.refused-value": {
    category: "security",
    status: 500,
    template: "The run database does not take {field}: {allowed}",
    remedy: "It holds digests, counts and scores only, nothing of a patient: leave the value out",
    retryable: false,
  },
  "storage.unreachable": {
    category: "unavailable",
    status: 503,
    template: "The registry's database at {place} does not answer, so it cannot {operation} ({reason})",
    remedy:
      "Wait until it is back; services go on with the model they have. Before a promotion is repeated, see in `osteon models show` whether it was made",
    retryable: true,
  },
  "storage.read-only": {
    category: "configuration",
    status: 500,
    template:
      "The role that {variable} names may only read the database at {place}, so it cannot {operation} (SQLSTATE {state})",
    remedy:
      "Name a database of Osteon's own in REGISTRY_DATABASE_URL, whose role may create and insert; DATABASE_URL is the source of patients, which is to be read only",
    retryable: false,
  },
});
