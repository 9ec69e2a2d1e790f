import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { analyseCode, readAnalysis } from "./analyse-code.ts";

it("finds what is planted in TypeScript as it stands", async () => {
  const root = await mkdtemp(join(tmpdir(), "osteon-analysis-"));
  try {
    await mkdir(join(root, "src"));
    await writeFile(
      join(root, "src/planted.ts"),
      'import { exec } from "node:child_process";\n' +
        "export function run(word: string): RegExp {\n  exec(`ls ${word}`);\n  eval(word);\n  return new RegExp(word);\n}\n",
    );
    await writeFile(
      join(root, "src/calm.ts"),
      "export const greet = (name: string): string => `Good morning, ${name}`;\n",
    );
    const result = await analyseCode(root);
    const ids = "findings" in result ? result.findings.map(({ id }) => id).toSorted() : result;
    expect(ids).toEqual([
      "eslint(no-eval) src/planted.ts",
      "security(detect-child-process) src/planted.ts",
      "security(detect-eval-with-expression) src/planted.ts",
      "security(detect-non-literal-regexp) src/planted.ts",
    ]);
  } finally {
    await rm(root, { recursive: true });
  }
});

it("could not be checked where oxlint gave no report", () => {
  expect(readAnalysis("", "Failed to parse configuration file")).toEqual({
    check: "code",
    notChecked: "oxlint gave no report: Failed to parse configuration file",
  });
});
