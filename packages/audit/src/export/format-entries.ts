import { encodeCanonicalJson } from "@osteon/registry";
import type { AuditEntry } from "../trail/read-entries.ts";
import { fhirAuditEventOf } from "./fhir-audit-event.ts";

/** Of a trail, for other software: FHIR R4 AuditEvents or the entries themselves, one a line; or a table. */
export type ExportFormat = "fhir" | "json" | "csv";

const csvColumns = [
  "segment",
  "line",
  "at",
  "action",
  "outcome",
  "principal",
  "operation",
  "errorCode",
  "detail",
  "hash",
];

/** Formats entries one by one. */
export async function* formatEntries(
  entries: AsyncIterable<AuditEntry>,
  format: ExportFormat,
): AsyncGenerator<string, void> {
  if (format === "csv") yield `${csvColumns.join(",")}\r\n`;
  for await (const entry of entries) yield formatEntry(entry, format);
}

function formatEntry(entry: AuditEntry, format: ExportFormat): string {
  switch (format) {
    case "fhir":
      return `${JSON.stringify(fhirAuditEventOf(entry))}\n`;
    case "json":
      return `${encodeCanonicalJson(entry, "an entry")}\n`;
    case "csv": {
      const { segment, line, at, hash, event } = entry;
      const { action, outcome, principal, operation = "", errorCode = "", detail } = event;
      const cells = [segment, line, at, action, outcome, principal, operation, errorCode, JSON.stringify(detail), hash];
      return `${cells.map((cell) => quote(String(cell))).join(",")}\r\n`;
    }
  }
}

/** RFC 4180. No cell begins as a formula does: those with texts of people begin with a name or a bracket. */
function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
