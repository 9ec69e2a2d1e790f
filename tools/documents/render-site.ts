import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { renderReference } from "../../packages/service/src/reference/render-reference.ts";
import { formatContract, readCurrentContract } from "../contract/current-contract.ts";
import { placePages, referencePage } from "./navigation.ts";
import { renderPage, type ListedPage } from "./page-template.ts";
import { escapeHtml, renderMarkdown } from "./render-markdown.ts";
import { renderSearchIndex } from "./search-index.ts";
import { style } from "./style.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const outside = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "bench/README.md"];

/** Every file of the documentation site but its script, by its path in the site. */
export async function renderSite(): Promise<ReadonlyMap<string, string>> {
  const sources = [...listMarkdown("docs"), ...outside.filter((file) => existsSync(join(root, file)))];
  const places = placePages(sources);
  const targetOf = new Map(places.map(({ source, target }) => [source, target]));
  const pages = places.flatMap(({ source, target, group }) => {
    if (source === referencePage.target) return [];
    const text = readFileSync(join(root, source), "utf8");
    const markdown = source.endsWith(".md") ? text : `# MIT licence\n\n\`\`\`\n${text}\`\`\`\n`;
    const resolve = (file: string) => {
      const place = targetOf.get(file);
      return place === undefined ? undefined : posix.relative(posix.dirname(target), place);
    };
    return [{ target, group, ...renderMarkdown(markdown, source, resolve) }];
  });
  const listed: ListedPage[] = places.map(({ target, group }) => {
    const title = pages.find((page) => page.target === target)?.title ?? referencePage.title;
    return { target, group, title: target === "readme.html" ? "README" : title };
  });
  const contract = await readCurrentContract();
  return new Map([
    ...pages.map((page) => [page.target, renderPage(page, listed)] as const),
    [referencePage.target, referenceIn(renderReference(contract))],
    ["openapi.json", formatContract(contract)],
    ["search-index.js", renderSearchIndex(pages)],
    ["site.css", style],
  ]);
}

/** The service's own page, with a way back, and the interface's description beside it. */
function referenceIn(page: string): string {
  const back = `<p class="note"><a href="index.html">${escapeHtml("Osteon: documentation")}</a></p>`;
  return page.replaceAll('href="/openapi.json"', 'href="openapi.json"').replace("<header>", `<header>${back}`);
}

function listMarkdown(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => posix.join(folder, file));
}
