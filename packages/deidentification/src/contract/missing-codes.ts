/** How studies write "we do not know". Lower case. Never read as a value, in particular never as 0 or "no". */
export const missingCodes: ReadonlySet<string> = new Set([
  "",
  "na",
  "n/a",
  "nan",
  "null",
  "-",
  ".",
  "?",
  "unk",
  "unknown",
  "missing",
  "not available",
  "not applicable",
  "not evaluated",
  "not reported",
  "not specified",
  "unspecified",
  "indeterminate",
  "[not available]",
  "[not applicable]",
  "[not evaluated]",
  "[not reported]",
  "[unknown]",
  "[discrepancy]",
  "[pending]",
]);

/** Whether a cell states that its value is not known. */
export function isMissingCode(cell: string): boolean {
  return missingCodes.has(cell.trim().toLowerCase());
}
