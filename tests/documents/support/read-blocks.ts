import { marked, type Token, type Tokens } from "marked";

/** A piece of a page that is executed. */
export interface PageBlock {
  /** The heading that it stands under. */
  readonly heading: string;
  readonly script: string;
  /** What it has to print, as the `text` block behind it says; undefined where the page shows nothing. */
  readonly expected: string | undefined;
  /** True of what stands in a comment, which no reader sees: it makes what the page then speaks of. */
  readonly isRehearsal: boolean;
}

const rehearsal = /^<!-- rehearsal\n(.*)-->\s*$/s;

/**
 * The `sh` blocks of a Markdown page with the `text` block that follows each, and its comments
 * `<!-- rehearsal … -->`, in the order of the page.
 */
export function readBlocks(page: string): PageBlock[] {
  const blocks: PageBlock[] = [];
  let heading = "";
  let open = false;
  const visit = (token: Token): void => {
    if (token.type === "space") return;
    if (token.type === "heading") heading = (token as Tokens.Heading).text;
    const isText = token.type === "code" && (token as Tokens.Code).lang === "text";
    if (isText && open) blocks.push({ ...blocks.pop()!, expected: (token as Tokens.Code).text });
    open = token.type === "code" && (token as Tokens.Code).lang === "sh";
    if (open) blocks.push({ heading, script: (token as Tokens.Code).text, expected: undefined, isRehearsal: false });
    const hidden = token.type === "html" ? rehearsal.exec(token.raw) : null;
    if (hidden) blocks.push({ heading, script: hidden[1]!, expected: undefined, isRehearsal: true });
    // A step of a list may hold a block.
    if (token.type === "list") for (const item of (token as Tokens.List).items) item.tokens.forEach(visit);
  };
  marked.lexer(page).forEach(visit);
  return blocks;
}
