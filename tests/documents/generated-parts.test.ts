import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { fillParts, pagesWithParts } from "../../tools/documents/generated-parts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (page: string) => readFileSync(join(root, page), "utf8");

describe("the generated parts of pages", () => {
  it.each(pagesWithParts)("of %s are what they are made of", (page) => {
    expect(read(page), "run `npm run build:parts`").toBe(fillParts(page, read(page), root));
  });

  it("are missed where a page has lost its comments", () => {
    expect(() => fillParts("CONTRIBUTING.md", "# Contributing\n", root)).toThrow("has no part");
  });
});

describe("docs/model-card.md", () => {
  it("says what every section and group of the example means", () => {
    const [explained, example] = read("docs/model-card.md").split("<!-- generated: example -->");
    const [sections, applied] = example!.split("## Applied Model Card");
    const named = [
      ...[...sections!.matchAll(/^## (.+)$/gm)].map(([, title]) => title!),
      ...[...applied!.matchAll(/^### ([A-Za-z]+)/gm)].map(([, group]) => group!),
    ];
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !explained!.includes(`| ${name} `))).toEqual([]);
  });
});
