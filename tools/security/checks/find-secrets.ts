import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { lintSource } from "@secretlint/core";
import { creator as recommended } from "@secretlint/secretlint-rule-preset-recommend";
import type { CheckResult, Finding } from "../findings/finding.ts";
import { listTrackedFiles } from "../tracked-files.ts";

const check = "secrets";

/** Osteon's own secrets, which no list of known services has. */
const ownSecrets = {
  "age-identity": /AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{50}/,
  "osteon-api-key": /osteon_[0-9a-f]{12}_[0-9a-f]{64}/,
};

/** Looks for keys, tokens and passwords in every text file that git tracks. */
export async function findSecrets(root: string): Promise<CheckResult> {
  const files = await listTrackedFiles(root);
  const findings: Finding[] = [];
  for (const file of files) {
    // A file that was deleted and not yet committed is still listed.
    const bytes = await readFile(join(root, file)).catch(() => undefined);
    if (bytes === undefined || bytes.includes(0)) continue;
    findings.push(...(await findSecretsInText(file, bytes.toString("utf8"))));
  }
  return { check, looked: `${files.length} files`, findings };
}

/** One finding for each rule and file; none of them holds the secret. */
export async function findSecretsInText(file: string, content: string): Promise<Finding[]> {
  const { messages } = await lintSource({
    source: { filePath: file, content, ext: extname(file), contentType: "text" },
    options: {
      maskSecrets: true,
      noPhysicFilePath: true,
      config: { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: recommended }] },
    },
  });
  const known = messages.map(({ ruleId, loc }) => ({
    rule: ruleId.replace("@secretlint/secretlint-rule-", ""),
    line: loc.start.line,
  }));
  const own = Object.entries(ownSecrets).flatMap(([rule, pattern]) => {
    const at = content.search(pattern);
    return at < 0 ? [] : [{ rule, line: content.slice(0, at).split("\n").length }];
  });
  const first = new Map([...known, ...own].toReversed().map((found) => [found.rule, found.line]));
  return [...first].map(([rule, line]) => ({
    check,
    id: `${rule} ${file}`,
    says: "This looks like a secret. Take it out, and replace it wherever it was valid: it stays in the history.",
    where: `${file}:${line}`,
  }));
}
