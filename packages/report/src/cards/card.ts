/** A heading with what stands under it. */
export interface CardSection {
  readonly title: string;
  readonly statements: readonly string[];
  readonly tables?: readonly CardTable[];
}

export interface CardTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A card for people and for machines; the two say the same. */
export interface RenderedCard<Card> {
  readonly markdown: string;
  readonly json: Card;
}

/** Sections as Markdown under headings of the second level. */
export function renderSections(sections: readonly CardSection[]): string {
  return sections
    .map(({ title, statements, tables = [] }) =>
      [`## ${escapeMarkdown(title)}`, ...statements.map(escapeMarkdown), ...tables.map(renderTable)].join("\n\n"),
    )
    .join("\n\n");
}

/** Text that Markdown takes for text, whatever names stand in it. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]|#~]/g, String.raw`\$&`)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

function renderTable({ title, columns, rows }: CardTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [`**${escapeMarkdown(title)}**`, "", line(columns), ruleOf(columns.length), ...rows.map(line)].join("\n");
}

function ruleOf(columns: number): string {
  return `|${" --- |".repeat(columns)}`;
}
