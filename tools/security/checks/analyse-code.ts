import { execFile } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import type { CheckResult, Finding } from "../findings/finding.ts";

const check = "code";
const reportSchema = z.object({
  number_of_files: z.number(),
  number_of_rules: z.number(),
  diagnostics: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })),
    }),
  ),
});

/**
 * Runs oxlint with the rules that are about security, those of eslint-plugin-security among them: oxlint reads
 * TypeScript as it stands and loads ESLint's plugins, so that neither ESLint nor a second TypeScript is needed.
 */
export function analyseCode(root: string): Promise<CheckResult> {
  const oxlint = join(import.meta.dirname, "../../../node_modules/oxlint/bin/oxlint");
  const rules = join(import.meta.dirname, "analysis-rules.json");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [oxlint, "--config", rules, "--disable-nested-config", "--format", "json"],
      { cwd: root, maxBuffer: 2 ** 26 },
      (_, stdout, stderr) => resolve(readAnalysis(stdout, stderr)),
    );
  });
}

/** @param stderr told where oxlint gave no report */
export function readAnalysis(stdout: string, stderr: string): CheckResult {
  let report;
  try {
    report = reportSchema.parse(JSON.parse(stdout));
  } catch {
    return { check, notChecked: `oxlint gave no report: ${`${stdout} ${stderr}`.trim().slice(0, 300)}` };
  }
  const findings = new Map<string, Finding>();
  for (const { code, message, filename, labels } of report.diagnostics) {
    const id = `${code} ${filename}`;
    const line = labels[0]?.span.line;
    if (!findings.has(id))
      findings.set(id, { check, id, says: message, where: `${filename}${line ? `:${line}` : ""}` });
  }
  const looked = `${report.number_of_files} files by ${report.number_of_rules} rules`;
  return { check, looked, findings: [...findings.values()] };
}
