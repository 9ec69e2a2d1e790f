/**
 * The words of a SQL text that are followed by an opening bracket, as functions that are called are, in lower case
 * where they are not quoted. Text in strings and comments is left out. Of `schema.name(…)` it is the name.
 *
 * Lexical structure: postgresql.org/docs/current/sql-syntax-lexical.html
 */
export function wordsBeforeBrackets(sql: string): ReadonlySet<string> {
  const words = new Set<string>();
  let last: string | undefined;
  for (const token of sql.matchAll(tokens)) {
    const { name, quoted, bracket, space } = token.groups!;
    if (space !== undefined) continue;
    if (bracket !== undefined && last !== undefined) words.add(last);
    last = name?.toLowerCase() ?? quoted?.slice(1, -1).replaceAll('""', '"');
  }
  return words;
}

/** Whether the text has a name written by Unicode escapes, which would hide what it is. */
export function hasEscapedName(sql: string): boolean {
  return /u&"/i.test(sql);
}

/** Block comments nest; what is deeper than three is taken for a text of its own, and so read. */
const block = String.raw`/\*(?:[^*/]|\*(?!/)|/(?!\*)|/\*(?:[^*/]|\*(?!/)|/(?!\*)|/\*(?:[^*]|\*(?!/))*\*/)*\*/)*\*/`;

const tokens = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\r\n]*|${block})`,
    String.raw`(?<quoted>"(?:[^"]|"")*")`,
    // With escapes, then plain: a backslash is an escape only after E.
    String.raw`(?:\b[eE]'(?:[^'\\]|''|\\[^])*')`,
    String.raw`(?:'(?:[^']|'')*')`,
    String.raw`(?:\$(?<tag>(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[^]*?\$\k<tag>\$)`,
    String.raw`(?<name>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)`,
    String.raw`(?<bracket>\()`,
    String.raw`[^]`,
  ].join("|"),
  "g",
);
