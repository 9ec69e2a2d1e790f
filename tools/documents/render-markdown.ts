import { posix } from "node:path";
import { Marked, type Token, type Tokens } from "marked";

/** A part of a page that a reader can be led to. */
interface Section {
  /** Empty for what stands before the first heading. */
  readonly anchor: string;
  readonly title: string;
  readonly depth: number;
  readonly text: string;
}

export interface RenderedMarkdown {
  readonly title: string;
  readonly html: string;
  readonly sections: readonly Section[];
}

/**
 * Renders a page of the repository.
 *
 * @param source its path in the repository
 * @param resolve where a file of the repository lies for this page; undefined for one that the site does not have,
 *   whose name is then shown without a link
 */
export function renderMarkdown(
  text: string,
  source: string,
  resolve: (file: string) => string | undefined,
): RenderedMarkdown {
  const nextAnchor = createSlugger();
  const anchors = new Map<Token, string>();
  const marked = new Marked({ gfm: true });
  const tokens = marked.lexer(text);
  for (const token of tokens) if (token.type === "heading") anchors.set(token, nextAnchor(plain(token)));
  marked.use({
    renderer: {
      heading(token) {
        const content = this.parser.parseInline(token.tokens);
        const anchor = anchors.get(token) ?? nextAnchor(plain(token));
        const link =
          token.depth === 1
            ? ""
            : ` <a class="anchor" href="#${anchor}" aria-label="Link to ${escapeHtml(plain(token))}">#</a>`;
        return `<h${token.depth} id="${anchor}">${content}${link}</h${token.depth}>\n`;
      },
      link({ href, title, tokens: inside }) {
        const content = this.parser.parseInline(inside);
        if (/^(?:[a-z]+:|#)/.test(href)) return `<a href="${escapeHtml(href)}"${titleOf(title)}>${content}</a>`;
        const [path = "", anchor] = href.split("#");
        const place = resolve(posix.normalize(posix.join(posix.dirname(source), path)));
        if (place === undefined) return content;
        return `<a href="${escapeHtml(place)}${anchor === undefined ? "" : `#${escapeHtml(anchor)}`}"${titleOf(title)}>${content}</a>`;
      },
      table(token) {
        const row = (cells: readonly Tokens.TableCell[], name: "th" | "td") =>
          `<tr>${cells.map(({ tokens: cell }) => `<${name}${name === "th" ? ' scope="col"' : ""}>${this.parser.parseInline(cell)}</${name}>`).join("")}</tr>`;
        // What scrolls by itself must be reached by keyboard.
        return `<div class="table scroll" tabindex="0" role="region" aria-label="Table"><table><thead>${row(token.header, "th")}</thead><tbody>${token.rows.map((cells) => row(cells, "td")).join("")}</tbody></table></div>\n`;
      },
      code({ text: code, lang }) {
        const kind = lang === "text" ? "Output" : (lang ?? "").split(" ")[0];
        return `<pre tabindex="0" role="region" aria-label="${escapeHtml(kind || "Text")}" class="${kind === "Output" ? "output " : ""}scroll"><code>${escapeHtml(code)}</code></pre>\n`;
      },
      html({ text: raw }) {
        // Comments make what tests need; no page holds other markup.
        return /^\s*<!--/.test(raw) ? "" : escapeHtml(raw);
      },
    },
  });
  const html = marked.parser(tokens);
  const sections = sectionsOf(tokens, anchors);
  return { title: sections.find(({ depth }) => depth === 1)?.title ?? source, html, sections };
}

function sectionsOf(tokens: readonly Token[], anchors: ReadonlyMap<Token, string>): Section[] {
  const sections: { anchor: string; title: string; depth: number; text: string }[] = [];
  for (const token of tokens) {
    if (token.type === "heading") {
      const { depth } = token as Tokens.Heading;
      sections.push({ anchor: anchors.get(token)!, title: plain(token), depth, text: "" });
    } else {
      const text = plain(token);
      const last = sections.at(-1);
      if (last && text !== "") last.text += `${text} `;
    }
  }
  return sections;
}

/** The text of a token without its markup. */
function plain(token: Token): string {
  if (token.type === "html" || token.type === "space") return "";
  if (token.type === "table") {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows]
      .flat()
      .map(({ tokens }) => tokens.map(plain).join(""))
      .join(" ");
  }
  if (token.type === "list") return (token as Tokens.List).items.map(plain).join(" ");
  const inside = "tokens" in token ? token.tokens : undefined;
  if (inside !== undefined && inside.length > 0) return inside.map(plain).join("");
  return "text" in token && typeof token.text === "string" ? unescapeHtml(token.text) : "";
}

/** Anchors as GitHub makes them, so that links hold in both places. */
export function createSlugger(): (title: string) => string {
  const seen = new Map<string, number>();
  return (title) => {
    const slug = title
      .toLowerCase()
      .trim()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
      .replaceAll(" ", "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  };
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function unescapeHtml(text: string): string {
  const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => characters[name]!);
}

function titleOf(title: string | null | undefined): string {
  return title ? ` title="${escapeHtml(title)}"` : "";
}
