import { escapeMarkdown } from "../cards/card.ts";

/** A line of a document: what the system knows and whence, or what only people know. */
export type Entry =
  | { readonly kind: "known"; readonly label: string; readonly value: string; readonly source: string }
  | { readonly kind: "blank"; readonly label: string; readonly ask: string };

export interface DocumentSection {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

export interface ComplianceDocument {
  readonly file: string;
  readonly title: string;
  /** What it is for, and under which text. */
  readonly purpose: string;
  readonly sections: readonly DocumentSection[];
}

export function known(label: string, value: string, source: string): Entry {
  return { kind: "known", label, value, source };
}

/** @param ask completes "to be filled in: …" */
export function blank(label: string, ask: string): Entry {
  return { kind: "blank", label, ask };
}

/** Known where there is a value, else a blank. */
export function knownOr(value: string | null | undefined, label: string, source: string, ask: string): Entry {
  return value === null || value === undefined ? blank(label, ask) : known(label, value, source);
}

/** The document as Markdown, its blanks marked and counted. */
export function renderDocument({ title, purpose, sections }: ComplianceDocument, notice: string): string {
  const blanks = countBlanks(sections);
  const parts = [
    `# ${escapeMarkdown(title)}`,
    escapeMarkdown(purpose),
    `**${escapeMarkdown(notice)}**`,
    `${blanks} ${blanks === 1 ? "place is" : "places are"} to be filled in by people. Search for \`[to be filled in:\`.`,
    ...sections.map(renderSection),
  ];
  return `${parts.join("\n\n")}\n`;
}

export function countBlanks(sections: readonly DocumentSection[]): number {
  return sections.flatMap(({ entries }) => entries).filter(({ kind }) => kind === "blank").length;
}

function renderSection({ title, entries, table }: DocumentSection): string {
  const lines = entries.map((entry) => {
    const label = `- **${escapeMarkdown(entry.label)}:**`;
    return entry.kind === "known"
      ? `${label} ${escapeMarkdown(entry.value)} _(from ${escapeMarkdown(entry.source)})_`
      : `${label} [to be filled in: ${escapeMarkdown(entry.ask)}]`;
  });
  const row = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  const drawn =
    table === undefined || table.rows.length === 0
      ? []
      : [[row(table.columns), `|${" --- |".repeat(table.columns.length)}`, ...table.rows.map(row)].join("\n")];
  return [`## ${escapeMarkdown(title)}`, ...(lines.length > 0 ? [lines.join("\n")] : []), ...drawn].join("\n\n");
}
