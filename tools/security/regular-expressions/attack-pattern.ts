import { createContext, Script } from "node:vm";
import { sampleMatches } from "./sample-matches.ts";

export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** Longer than any cell, header or line that is taken as it comes. */
const characters = 20_000;
/** A pattern whose time is linear needs well under a millisecond for as many characters. */
const limitMilliseconds = 200;
/** What is repeated, beside parts of what the pattern matches. */
const common = [
  "a",
  "A",
  "0",
  " ",
  "\n",
  "\t",
  ".",
  "-",
  "_",
  "/",
  ":",
  ",",
  "'",
  '"',
  "@",
  "é",
  "a ",
  "a.",
  "0.",
  "a-",
  "A_",
  "1 ",
  "a0",
  "=",
  "#",
  "-- ",
];

/**
 * Tries texts that make a backtracking matcher slow: one part repeated, then something that does not match. What is
 * found was measured, so it is so; what is not found may still be there.
 *
 * @returns a sentence that says by which text it is slow; undefined where none was found
 */
export function attackPattern(pattern: Pattern): string | undefined {
  for (const [before, part] of chooseParts(pattern)) {
    const text = before + part.repeat(Math.ceil(characters / part.length)) + "\u0001!";
    // Three times, as the computer may be busy with something else.
    if ([1, 2, 3].every(() => isSlow(pattern, text))) {
      return `It takes more than ${limitMilliseconds} ms for ${characters} characters, ${JSON.stringify(before.slice(-20))} and then ${JSON.stringify(part)} again and again.`;
    }
  }
  return undefined;
}

function chooseParts(pattern: Pattern): [string, string][] {
  const parts: [string, string][] = common.map((part) => ["", part]);
  for (const match of sampleMatches(pattern)) {
    const begin = Array.from(match).slice(0, 24);
    for (let at = 0; at < begin.length; at += 1) {
      for (const length of [1, 2]) parts.push([begin.slice(0, at).join(""), begin.slice(at, at + length).join("")]);
    }
  }
  return [...new Map(parts.map((part) => [part.join("\0"), part])).values()];
}

const context = createContext(Object.create(null));
const script = new Script("pattern.lastIndex = 0; pattern.test(text)");

function isSlow({ source, flags }: Pattern, text: string): boolean {
  context["pattern"] = new RegExp(source, flags);
  context["text"] = text;
  try {
    script.runInContext(context, { timeout: limitMilliseconds });
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return true;
    throw error;
  }
}
