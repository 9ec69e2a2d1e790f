import type { Statement } from "./statement.ts";

/** Lays out a table with a rule under the head; columns whose cells begin with digits or signs stand right. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const numeric = head.map((_, column) => rows.every((row) => /^[-+–<±×0-9]/.test(row[column]!)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [lines[0]!, rule, ...lines.slice(1)].join("\n");
}

/** The statements as a table with a verdict each. */
export function formatStatements(statements: readonly Statement[]): string {
  return formatTable(
    ["", "claim", "seen", "allowed"],
    statements.map(({ claim, seen, allowed, holds }) => [holds ? "✔" : "✘ MISSED", claim, seen, allowed]),
  );
}
