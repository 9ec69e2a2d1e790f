/**
 * Whether a text is what a page shows. `…` stands for anything within a line; a line of it alone for any number of
 * lines. Spaces at the ends of lines do not count.
 */
export function matchesOutput(printed: string, shown: string): boolean {
  const lines = tidy(shown)
    .split("\n")
    .map((line) => (line.trim() === "…" ? "(?:.*\n)*?" : `${escape(line).replaceAll("…", ".*")}\n`));
  return new RegExp(`^${lines.join("")}$`).test(`${tidy(printed)}\n`);
}

function tidy(text: string): string {
  return text.replaceAll(/[ \t\r]+$/gm, "").replace(/\n+$/, "");
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
