import type { WriteStream } from "node:tty";

/** Where a command speaks to a person; results for scripts go to standard output apart from it. */
export interface Terminal {
  /** A line that stays. */
  line(text: string): void;
  /** What is going on; replaced by the next, taken away by an empty one, left out where the output is no terminal. */
  status(text: string): void;
}

const clearLine = "\r\u001B[2K";

/** Speaks to a stream, usually standard error. */
export function createTerminal(stream: NodeJS.WriteStream | WriteStream): Terminal {
  let pending = false;
  return {
    line(text) {
      stream.write(`${pending ? clearLine : ""}${text}\n`);
      pending = false;
    },
    status(text) {
      if (!stream.isTTY || (text === "" && !pending)) return;
      stream.write(`${clearLine}${text.slice(0, (stream.columns || 80) - 1)}`);
      pending = text !== "";
    },
  };
}
