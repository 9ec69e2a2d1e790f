import { describe, expect, it } from "vitest";
import { matchesOutput } from "./support/match-output.ts";
import { readBlocks } from "./support/read-blocks.ts";

describe("what a page shows", () => {
  it.each([
    ["made 3 in 0.2 s", "made 3 in … s", true],
    ["made 3\nin 0.2 s", "made … s", false],
    ["first\na\nb\nlast", "first\n…\nlast", true],
    ["first\nlast", "first\n…\nlast", true],
    ["first\nlast\nmore", "first\n…\nlast", false],
    ["a (b) [c] $1 ", "a (b) [c] $1", true],
    ["anything", "", false],
    ["\n", "", true],
  ])("%j is %j: %s", (printed, shown, fits) => {
    expect(matchesOutput(printed, shown)).toBe(fits);
  });
});

describe("the blocks of a page", () => {
  it("are what is typed, what is made behind the scenes, and what is shown", () => {
    const page = [
      "# Page",
      "<!-- rehearsal\nrm file\n-->",
      "Words.",
      "```sh\nls\n```",
      "```text\nnothing\n```",
      "1. A step:",
      "   ```sh\n   cd x\n   ```",
      "Words.",
      "```text\nnot its output\n```",
      "```yaml\na: 1\n```",
    ].join("\n\n");
    expect(readBlocks(page)).toEqual([
      { heading: "Page", script: "rm file\n", expected: undefined, isRehearsal: true },
      { heading: "Page", script: "ls", expected: "nothing", isRehearsal: false },
      { heading: "Page", script: "cd x", expected: undefined, isRehearsal: false },
    ]);
  });
});
