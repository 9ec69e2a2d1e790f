import { renderModelCard } from "../../packages/report/src/index.ts";
import { exampleModelCard } from "../../packages/report/src/testing/example-cards.ts";
import { drawPackages } from "./package-picture.ts";

/** A part of a page that a program writes, between two comments that name it. */
interface GeneratedPart {
  /** Path in the repository. */
  readonly page: string;
  readonly name: string;
  readonly compose: (root: string) => string;
}

const parts: readonly GeneratedPart[] = [
  { page: "CONTRIBUTING.md", name: "packages", compose: (root) => fence(drawPackages(root)) },
  { page: "docs/model-card.md", name: "example", compose: () => fence(renderModelCard(exampleModelCard).markdown) },
];

export const pagesWithParts: readonly string[] = [...new Set(parts.map(({ page }) => page))];

/** The page with what is generated in it as it is now. @throws Error where a page lacks a part's comments */
export function fillParts(page: string, text: string, root: string): string {
  return parts
    .filter((part) => part.page === page)
    .reduce((filled, { name, compose }) => {
      const between = new RegExp(`(<!-- generated: ${name} -->\n).*?(<!-- end -->)`, "s");
      if (!between.test(filled)) throw new Error(`${page} has no part <!-- generated: ${name} -->`);
      return filled.replace(between, (_, begin: string, end: string) => `${begin}\n${compose(root)}\n${end}`);
    }, text);
}

/** As the formatter leaves it. @throws Error where the text would end the block itself */
function fence(text: string): string {
  if (text.includes("```")) throw new Error("A generated part holds a fence of its own");
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
}
