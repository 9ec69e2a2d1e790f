/** Text that is markup already. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | readonly Content[];

/** Markup from a template: what is put in is escaped, for text and for quoted attributes alike. */
export function html(literals: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(literals.map((literal, k) => (k === 0 ? "" : render(contents[k - 1]!)) + literal).join(""));
}

function render(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === "string") return content.replace(/[&<>"']/g, (character) => entities[character]!);
  return content.map(render).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
