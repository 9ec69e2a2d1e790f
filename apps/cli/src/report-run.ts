import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runLayout, type RunManifest } from "@osteon/pipeline";
import type { FindingCode, QualityReport } from "@osteon/quality";
import type { CommandContext } from "./command-context.ts";
import { countOf } from "./terminal/amounts.ts";

/** Findings that answer what a person asks of a new extract or of batches, also where the answer is no. */
const answers: ReadonlySet<FindingCode> = new Set(["extract-no-drift", "extract-drift-unknown", "batch-no-effect"]);

/** Prints what came of a run: the table of scores as its result, then what to know and where things are. */
export async function reportRun(
  directory: string,
  { steps }: RunManifest,
  { terminal, print }: Pick<CommandContext, "terminal" | "print">,
): Promise<void> {
  const at = (relative: string): string => join(directory, relative);
  if (steps.validate?.status === "done") print(await readFile(at(runLayout.validationTable), "utf8"));
  if (steps.deidentify?.status === "done") {
    const record = await readFile(at(runLayout.deidentificationRecord), "utf8");
    const { notes } = JSON.parse(record) as { readonly notes: readonly string[] };
    for (const note of notes) terminal.line(`Note: ${note}`);
  }
  if (steps.check?.status === "done") {
    const { findings } = JSON.parse(await readFile(at(runLayout.quality), "utf8")) as QualityReport;
    for (const { level, code, message } of findings) {
      if (level === "warning") terminal.line(`Warning: ${message}.`);
      else if (answers.has(code)) terminal.line(`Note: ${message}.`);
    }
    const others = findings.filter(({ level, code }) => level === "info" && !answers.has(code)).length;
    if (others > 0) terminal.line(`${countOf(others, "further observation")} in the quality report.`);
  }
  const places = [
    ["Quality report", runLayout.quality, steps.check],
    ["Synthetic patients", runLayout.synthetic, steps.generate],
    ["Scores", runLayout.validation, steps.validate],
    ["Report to read", runLayout.report, steps.report],
    ["Model card", runLayout.modelCard, steps.report],
    ["Data card", runLayout.dataCard, steps.report],
    ["Sealed model", runLayout.package, steps.seal],
  ] as const;
  for (const [name, path, step] of places) {
    if (step?.status === "done") terminal.line(`${name.padEnd(19)} ${at(path)}`);
  }
  if (existsSync(at("keys"))) terminal.line(`${"Secrets".padEnd(19)} ${at("keys")} (keep apart from the rest)`);
}
