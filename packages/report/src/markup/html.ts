/** Text that is markup already. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | number | readonly Content[];

/**
 * Markup from a template: strings are escaped, for text and for quoted attributes alike; numbers, which are
 * coordinates and counts, are cut to two decimals.
 */
export function html(literals: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(
    literals.map((literal, k) => (k === 0 ? "" : renderContent(contents[k - 1]!)) + joinLines(literal)).join(""),
  );
}

/** Lines of the source are for whoever reads the source. */
function joinLines(literal: string): string {
  return literal.replaceAll(/(?<!\s)[^\S\n]*\n\s*>/g, ">").replaceAll(/(?<!\s)[^\S\n]*\n\s*/g, " ");
}

function renderContent(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === "string") return content.replace(/[&<>"']/g, (character) => entities[character]!);
  if (typeof content === "number") return String(Math.round(content * 100) / 100 + 0);
  return content.map(renderContent).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
