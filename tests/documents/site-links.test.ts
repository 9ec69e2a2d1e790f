import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { placePages } from "../../tools/documents/navigation.ts";
import { createSlugger, renderMarkdown } from "../../tools/documents/render-markdown.ts";
import { renderSite } from "../../tools/documents/render-site.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the documentation site", () => {
  let site: ReadonlyMap<string, string>;
  let pages: (readonly [string, string])[];
  beforeAll(async () => {
    site = await renderSite();
    pages = [...site].filter(([path]) => path.endsWith(".html"));
  });
  const linksOf = (html: string) => [...html.matchAll(/\s(href|src)="([^"]*)"/g)].map(([, kind, to]) => ({ kind, to }));

  it("has every page of docs, and no link within it that leads nowhere", () => {
    expect(pages.length).toBeGreaterThan(30);
    const anchors = new Map(
      pages.map(([path, html]) => [path, new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]),
    );
    const broken: string[] = [];
    for (const [path, html] of pages) {
      for (const { to } of linksOf(html)) {
        if (/^(?:[a-z]+:)/.test(to!)) continue;
        const [file = "", anchor] = to!.split("#");
        const target = file === "" ? path : posix.join(posix.dirname(path), file);
        const isThere = target === "site.js" || site.has(target);
        if (!isThere || (anchor && !anchors.get(target)?.has(decodeURIComponent(anchor))))
          broken.push(`${path} → ${to}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it("loads nothing from another host; only a citation in a text may name one", () => {
    const loaded: string[] = [];
    for (const [path, html] of pages) {
      const withoutCitations = html.replaceAll(/<a href="https?:\/\/[^"]*"[^>]*>/g, "<a>");
      if (/(?:href|src|action)="(?:https?:)?\/\//.test(withoutCitations)) loaded.push(path);
    }
    expect(loaded).toEqual([]);
    expect(site.get("site.css")).not.toMatch(/url\(|@import/);
  });

  it("lists a page that nobody has named, under More, and decisions last", () => {
    const places = placePages(["docs/adr/0001-x.md", "docs/new-thing.md", "docs/README.md"]);
    expect(places.map(({ target, group }) => [target, group])).toEqual([
      ["index.html", "Begin here"],
      ["api-reference.html", "The service"],
      ["new-thing.html", "More"],
      ["adr/0001-x.html", "Decisions"],
    ]);
  });

  it("escapes what a page shows, hides its comments, and leads to no file that the site lacks", () => {
    const page =
      "# A <b>\n\n<!-- rehearsal\nrm\n-->\n\n[code](../x.ts) [there](b.md#c)\n\n```sh\na < b\n```\n\n<script>x</script>\n";
    const { html } = renderMarkdown(page, "docs/a.md", (file) => (file === "docs/b.md" ? "b.html" : undefined));
    expect(html).not.toMatch(/<script|rehearsal|x\.ts/);
    expect(html).toContain('<a href="b.html#c">there</a>');
    expect(html).toContain("a &lt; b");
  });
});

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
/** What a build, or whoever deploys, makes first. */
const madeFirst = /^apps\/dashboard\/dist|^deploy\/container\/(?:secrets|data)/;

describe("the Markdown files of the repository", () => {
  const files = [
    ...readdirSync(root).filter((name) => name.endsWith(".md")),
    ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((name) => join("docs", name)),
    "bench/README.md",
  ].filter((name) => name.endsWith(".md"));
  const textOf = (file: string) =>
    readFileSync(join(root, file), "utf8")
      .replaceAll(/^```.*?^```$/gms, "")
      .replaceAll(/`[^`\n]*`/g, "code");
  const anchorsOf = (file: string) => {
    const slug = createSlugger();
    // As GitHub does: of the words, code included.
    const text = readFileSync(join(root, file), "utf8").replaceAll(/^```.*?^```$/gms, "");
    return new Set([...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) => slug(title!.replaceAll(/[`*]/g, ""))));
  };

  /** To places of the repository. */
  const linksIn = (file: string) =>
    [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!).filter((to) => !/^[a-z]+:/.test(to));

  it.each(files)("%s leads to files and headings that are there", (file) => {
    const broken = linksIn(file).filter((to) => {
      const [path = "", anchor] = to.split("#");
      const target = path === "" ? file : normalize(join(dirname(file), path));
      return (
        !existsSync(join(root, target)) ||
        (anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).has(anchor))
      );
    });
    expect(broken).toEqual([]);
  });

  const namedIn = (text: string) =>
    [
      ...text.matchAll(/`((?:\.github|apps|bench|deploy|docs|packages|tests|tools)\/[^`\s]+)/g),
      ...text.matchAll(/\bnode ((?:bench|bin|tools)\/[\w./-]+)/g),
    ].map(([, path]) => path!);

  it("are read: many paths and links are found", () => {
    expect(namedIn(readFileSync(join(root, "docs/security.md"), "utf8")).length).toBeGreaterThan(30);
    expect([...linksIn("docs/security.md"), ...linksIn("SECURITY.md")].length).toBeGreaterThan(8);
  });

  it.each(files)("%s names files, folders and scripts that are there", (file) => {
    const text = readFileSync(join(root, file), "utf8");
    expect(namedIn(text).filter((path) => !madeFirst.test(path) && !existsSync(join(root, path)))).toEqual([]);
    const called = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
    expect(called.filter((script) => !(script in scripts))).toEqual([]);
  });
});
