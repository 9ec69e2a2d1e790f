import { matchesOutput } from "./match-output.ts";
import { readBlocks, type PageBlock } from "./read-blocks.ts";
import { ShellSession } from "./shell-session.ts";
import type { Site } from "./site.ts";

export interface PageRun {
  /** Blocks that a reader sees and that were executed. */
  readonly executed: number;
  /** What each of these printed. */
  readonly outputs: readonly string[];
  /** What was not as the page says, ready to be read. */
  readonly faults: readonly string[];
}

export interface PageOptions {
  /** Of a block that needs something which no test has, such as the internet: leaves it out. */
  readonly skip?: (block: PageBlock) => boolean;
  /** Commands before the first block. */
  readonly prepare?: string;
  /** Exit codes that a block without a `text` block may end with. Default 0 alone. */
  readonly endings?: (block: PageBlock) => readonly number[];
}

/**
 * Executes the `sh` blocks of a page one after another in a site. A block without a `text` block behind it has to end
 * with 0. One with such a block has to print it; where it ends with another code, the last line of what it shows is
 * `exit code N`.
 */
export async function runPage(
  page: string,
  site: Site,
  { skip, prepare, endings = () => [0] }: PageOptions = {},
): Promise<PageRun> {
  await using session = new ShellSession({ cwd: site.folder, scratch: site.scratch, environment: site.environment });
  const faults: string[] = [];
  const outputs: string[] = [];
  const blocks = readBlocks(site.translate(page));
  if (prepare !== undefined) {
    blocks.unshift({ heading: "before the page", script: prepare, expected: undefined, isRehearsal: true });
  }
  for (const block of blocks) {
    if (skip?.(block) === true) continue;
    const began = performance.now();
    const { output, exitCode } = await session.run(block.script);
    if (process.env["SHOW_PAGES"]) {
      console.log(`── ${block.heading} (${Math.round(performance.now() - began)} ms)\n${block.script}\n→ ${output}`);
    }
    if (!block.isRehearsal) outputs.push(output);
    const printed = exitCode === 0 ? output : `${output.trimEnd()}\nexit code ${exitCode}`;
    const holds =
      block.expected === undefined
        ? (block.isRehearsal ? [0] : endings(block)).includes(exitCode)
        : matchesOutput(printed, block.expected);
    if (!holds) {
      const shown = block.expected ?? `nothing, and ends with ${endings(block).join(" or ")}`;
      faults.push(`“${block.heading}”\n$ ${block.script}\n--- printed\n${printed}\n--- the page says\n${shown}`);
    }
  }
  return { executed: outputs.length, outputs, faults };
}
