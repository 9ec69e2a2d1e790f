import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSync, Visitor } from "vite";
import type { CheckResult, Finding } from "../findings/finding.ts";
import { listTrackedFiles } from "../tracked-files.ts";
import { attackPattern, type Pattern } from "../regular-expressions/attack-pattern.ts";

const check = "regular-expressions";
const isCode = /^(?:apps|bin|packages)\/.*\.[jt]sx?$/;
const isTest = /\.test\.tsx?$|\/testing\//;

/** Attacks every regular expression that is written out in the code of an installation, and times it. */
export async function findSlowPatterns(root: string): Promise<CheckResult> {
  const files = (await listTrackedFiles(root)).filter((file) => isCode.test(file) && !isTest.test(file));
  const findings = new Map<string, Finding>();
  let count = 0;
  for (const file of files) {
    const text = await readFile(join(root, file), "utf8").catch(() => "");
    for (const pattern of listPatterns(file, text)) {
      count += 1;
      const attack = attackPattern(pattern);
      if (attack === undefined) continue;
      const id = `/${pattern.source}/${pattern.flags} ${file}`;
      findings.set(id, { check, id, says: attack, where: `${file}:${pattern.line}` });
    }
  }
  return { check, looked: `${count} regular expressions in ${files.length} files`, findings: [...findings.values()] };
}

export function listPatterns(file: string, text: string): (Pattern & { line: number })[] {
  const patterns: (Pattern & { line: number })[] = [];
  const visitor = new Visitor({
    Literal(node) {
      if (!("regex" in node)) return;
      const { pattern: source, flags } = node.regex;
      patterns.push({ source, flags, line: text.slice(0, node.start).split("\n").length });
    },
  });
  visitor.visit(parseSync(file, text).program);
  return patterns;
}
