import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createTerminal } from "./terminal.ts";

function screen(isTTY: boolean, columns = 20) {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const terminal = createTerminal(Object.assign(stream, { isTTY, columns }) as unknown as NodeJS.WriteStream);
  /** What stands there once each rewritten line has been rewritten. */
  const shown = () => text.split("\n").map((line) => line.slice(line.lastIndexOf("\u001B[2K") + 1).replace("[2K", ""));
  return { terminal, shown, raw: () => text };
}

describe("a terminal", () => {
  it("shows what is going on in one line, and takes it away for what stays", () => {
    const { terminal, shown } = screen(true);
    terminal.status("load …");
    terminal.status("load: simulating 60 patients …");
    expect(shown()).toEqual(["load: simulating 60"]);
    terminal.line("done");
    terminal.status("train …");
    expect(shown()).toEqual(["done", "train …"]);
    terminal.status("");
    expect(shown()).toEqual(["done", ""]);
  });

  it("that is a file gets what stays, without control characters", () => {
    const { terminal, raw } = screen(false);
    terminal.status("load …");
    terminal.line("done");
    terminal.status("");
    terminal.line("done too");
    expect(raw()).toBe("done\ndone too\n");
  });
});
