/** How a text file separates cells and writes numbers. */
export interface Dialect {
  readonly separator: "," | ";" | "|" | "\t";
  /** Whether a cell may stand in double quotes (RFC 4180). */
  readonly quoted: boolean;
  readonly decimal: "." | ",";
}

const names: Readonly<Record<Dialect["separator"], string>> = {
  ",": "a comma",
  ";": "a semicolon",
  "|": "|",
  "\t": "a tab",
};

export function nameSeparator(separator: Dialect["separator"]): string {
  return names[separator];
}
