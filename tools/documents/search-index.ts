import MiniSearch from "minisearch";
import type { RenderedMarkdown } from "./render-markdown.ts";
import { searchOptions, type FoundSection } from "./search-options.ts";

/** An index of every section of every page, as a script: a page opened from a disk may not fetch a file. */
export function renderSearchIndex(
  pages: readonly (Pick<RenderedMarkdown, "title" | "sections"> & { readonly target: string })[],
): string {
  const index = new MiniSearch<FoundSection & { readonly id: number; readonly text: string }>(searchOptions);
  let id = 0;
  for (const { target, title, sections } of pages) {
    for (const section of sections) {
      index.add({
        id: id++,
        page: title,
        heading: section.depth === 1 ? "" : section.title,
        text: section.text,
        place: section.depth === 1 ? target : `${target}#${section.anchor}`,
        excerpt: section.text.slice(0, 140).trim(),
      });
    }
  }
  return `window.osteonIndex = ${JSON.stringify(JSON.stringify(index))};\n`;
}
