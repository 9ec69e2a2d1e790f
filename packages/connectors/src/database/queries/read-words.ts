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

/** What a query has no use for and must not have, in words; undefined where there is nothing of the kind. */
export function oddityIn(sql: string): string | undefined {
  for (const { groups } of sql.matchAll(tokens)) {
    if (groups!["parameter"] !== undefined) return "takes a parameter, and none is given";
    if (groups!["escaped"] !== undefined) return 'has a name in Unicode escapes (U&"…"), which could hide a function';
  }
  return undefined;
}

/** Block comments nest; what is deeper than three is taken for a text of its own, and so read. */
const block = String.raw`/\*(?:[^*/]|\*(?!/)|/(?!\*)|/\*(?:[^*/]|\*(?!/)|/(?!\*)|/\*(?:[^*]|\*(?!/))*\*/)*\*/)*\*/`;

const tokens = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\r\n]*|${block})`,
    String.raw`(?<escaped>\b[uU]&")`,
    String.raw`(?<parameter>\$\d+)`,
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
