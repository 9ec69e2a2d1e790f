/** One element of a page, with the text directly and deeply in it. */
export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly depth: number;
  readonly text: string;
}

/** A page element while it is read. */
interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly depth: number;
  text: string;
}

const voidElements = new Set(["meta", "br", "wbr"]);
/** What may stand in a p: anything else would close it in a browser, whatever the source says. */
const blocks = new Set(["p", "div", "ul", "ol", "table", "section", "figure", "h2", "h3", "details", "dl", "nav"]);

/** Reads a page strictly: every element closed, in order, attributes quoted, no block in a paragraph. */
export function parsePage(page: string): readonly PageElement[] {
  const elements: OpenElement[] = [];
  const open: OpenElement[] = [];
  const tokens = page.matchAll(
    /<!doctype html>|<\/([a-z0-9]+)>|<([a-z0-9]+)((?: [a-zA-Z0-9-]+="[^"<>]*")*) ?(\/?)>|([^<]+)/gy,
  );
  let end = 0;
  for (const [token, closed, opened, attributes = "", closesItself, text] of tokens) {
    end += token.length;
    if (text !== undefined) for (const element of open) element.text += text;
    else if (closed !== undefined) {
      const last = open.pop();
      if (last?.name !== closed) throw new Error(`</${closed}> closes <${last?.name}> at ${end}`);
    } else if (opened !== undefined) {
      if (blocks.has(opened) && open.some(({ name }) => name === "p")) throw new Error(`<${opened}> in <p> at ${end}`);
      const element = {
        name: opened,
        attributes: Object.fromEntries(
          [...attributes.matchAll(/ ([a-zA-Z0-9-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
        ),
        depth: open.length,
        text: "",
      };
      elements.push(element);
      if (!closesItself && !voidElements.has(opened)) open.push(element);
    }
  }
  if (end !== page.length) throw new Error(`no markup at ${end}: ${page.slice(end, end + 60)}`);
  if (open.length > 0) throw new Error(`<${open.at(-1)!.name}> is never closed`);
  return elements;
}

/** Everything that a reader sees or hears. */
export function readText(page: string): string {
  const elements = parsePage(page);
  const body = elements.find(({ name }) => name === "body")!.text;
  const labels = elements.flatMap(({ attributes }) => attributes["aria-label"] ?? []);
  const titles = elements.filter(({ name }) => name === "title").map(({ text }) => text);
  return [body, ...labels, ...titles].join("\n").replaceAll(/ +/g, " ");
}

/** Headings, landmarks and figures by depth: what a reader of the outline would see. */
export function outlinePage(page: string): string {
  return parsePage(page)
    .filter(({ name }) => ["h1", "h2", "h3", "nav", "main", "section", "figure", "table", "details"].includes(name))
    .map(({ name, attributes, text }) => {
      const label = ["h1", "h2", "h3"].includes(name)
        ? `: ${text.trim()}`
        : attributes.id === undefined
          ? ""
          : ` #${attributes.id}`;
      return `${name}${label}`;
    })
    .join("\n");
}
