import { formatEntries, readEntries, type ExportFormat } from "@osteon/audit";
import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { enterUse, resolveAudit, withAuditOptions } from "./audit-command.ts";
import { filterOf, withFilterOptions, type FilterOptions } from "./filter-options.ts";
import { countUnreadable } from "./unreadable-lines.ts";

interface ExportOptions extends FilterOptions {
  readonly format: string;
}

const formats: readonly ExportFormat[] = ["fhir", "json", "csv"];

/** `osteon audit export`: entries for other software. */
export function addExportCommand(audit: Command, context: CommandContext): void {
  withFilterOptions(withAuditOptions(audit.command("export")))
    .summary("entries for other software: FHIR R4 AuditEvent, JSON or CSV")
    .description(
      "Writes entries to standard output, the oldest first: one FHIR R4 AuditEvent a line (NDJSON), one entry a line " +
        "as JSON, or a CSV table. It holds no profile. That it was done is entered first.",
    )
    .requiredOption("-f, --format <name>", formats.join(", "))
    .addHelpText("after", "\nExample:\n  osteon audit export --format fhir --since 2026-11-01 > audit.ndjson")
    .action(async (options: ExportOptions) => {
      const format = formats.find((known) => known === options.format);
      if (format === undefined) {
        const allowed = formats.join(", ");
        throw osteonError("configuration.option", { option: "--format", allowed, command: "audit export" });
      }
      const { place } = await resolveAudit(options, context);
      const filter = filterOf(options, "audit export");
      await enterUse(place, { action: "audit.exported", detail: { format } });
      const unreadable = countUnreadable(context.terminal);
      const entries = readEntries({ directory: place.directory, filter, onUnreadable: unreadable.count });
      for await (const text of formatEntries(entries, format)) context.print(text);
      unreadable.tell();
    });
}
