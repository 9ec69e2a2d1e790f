import { posix } from "node:path";
import type { RenderedMarkdown } from "./render-markdown.ts";
import { escapeHtml } from "./render-markdown.ts";

/** A page in the navigation. */
export interface ListedPage {
  readonly target: string;
  readonly title: string;
  readonly group: string;
}

/** A whole page: navigation, search, the text, its headings. */
export function renderPage(
  page: ListedPage & Pick<RenderedMarkdown, "html" | "sections">,
  listed: readonly ListedPage[],
): string {
  const here = posix.dirname(page.target);
  const to = (target: string) => escapeHtml(posix.relative(here, target));
  const groups = [...new Set(listed.map(({ group }) => group))];
  const navigation = groups
    .map((group) => {
      const items = listed
        .filter((entry) => entry.group === group)
        .map(({ target, title }) => {
          const current = target === page.target ? ' aria-current="page"' : "";
          return `<li><a href="${to(target)}"${current}>${escapeHtml(title)}</a></li>`;
        });
      return `<h2>${escapeHtml(group)}</h2><ul>${items.join("")}</ul>`;
    })
    .join("");
  const headings = page.sections.filter(({ depth }) => depth === 2);
  const contents =
    headings.length < 2
      ? ""
      : `<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${headings
          .map(({ anchor, title }) => `<li><a href="#${anchor}">${escapeHtml(title)}</a></li>`)
          .join("")}</ul></nav>`;
  const place = listed.findIndex(({ target }) => target === page.target);
  const step = (entry: ListedPage | undefined, rel: "prev" | "next", word: string) =>
    entry === undefined
      ? "<span></span>"
      : `<a rel="${rel}" href="${to(entry.target)}"><small>${word}</small>${escapeHtml(entry.title)}</a>`;
  return `<!doctype html>
<html lang="en" data-root="${to(".") || "."}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title === "Osteon" ? "Osteon" : `${escapeHtml(page.title)} · Osteon`}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${to("site.css")}">
<script src="${to("site.js")}"></script>
</head>
<body>
<a class="skip" href="#content">To the text</a>
<header class="bar">
<a class="name" href="${to("index.html")}">Osteon</a>
<form role="search" class="search"><label class="unseen" for="query">Search the documentation</label>
<input id="query" type="search" placeholder="Search" autocomplete="off" spellcheck="false" aria-controls="found"></form>
<button type="button" class="theme" aria-label="Light or dark">◐</button>
</header>
<section id="found" class="found" aria-label="Found" aria-live="polite" hidden></section>
<div class="columns">
<nav class="pages" aria-label="Pages"><details open><summary>All pages</summary>${navigation}</details></nav>
<main id="content" tabindex="-1">
${page.html}
<nav class="steps" aria-label="Neighbouring pages">${step(listed[place - 1], "prev", "Before")}${step(listed[place + 1], "next", "Next")}</nav>
</main>
${contents}
</div>
</body>
</html>
`;
}
