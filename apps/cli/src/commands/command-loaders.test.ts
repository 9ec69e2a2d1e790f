import { describe, expect, it } from "vitest";
import type { CommandContext } from "../command-context.ts";
import { createProgram } from "../program.ts";
import { commandLoaders, loadCommands } from "./command-loaders.ts";

const context: CommandContext = {
  environment: {},
  terminal: { line: () => undefined, status: () => undefined },
  print: () => undefined,
  signal: new AbortController().signal,
};
const namesOf = async (...words: string[]) =>
  createProgram(context, await loadCommands(words)).commands.map((command) => command.name());

describe("commands", () => {
  it.each(Object.keys(commandLoaders))("are loaded alone by their name: %s", async (name) => {
    expect(await namesOf(name, "--help")).toEqual([name]);
  });

  it.each([[[]], [["--help"]], [["runn"]], [["constructor"]]])("are all there after %j", async (words) => {
    expect(await namesOf(...words)).toEqual(Object.keys(commandLoaders));
  });
});
