import type { Terminal } from "../../terminal/terminal.ts";

/** Counts the lines of a trail that cannot be read, and says so at the end. */
export function countUnreadable(terminal: Terminal): { readonly count: () => void; readonly tell: () => void } {
  let lines = 0;
  return {
    count: () => void (lines += 1),
    tell: () => {
      if (lines > 0) terminal.line(`Warning: ${lines} lines were altered and left out; see osteon audit verify.`);
    },
  };
}
