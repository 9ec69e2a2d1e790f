import type { CheckName, CheckResult } from "./finding.ts";
import type { Judgement } from "./judge-findings.ts";

const titles: Readonly<Record<CheckName, string>> = {
  dependencies: "known vulnerabilities",
  signatures: "registry signatures",
  secrets: "secrets in tracked files",
  code: "static analysis",
  "regular-expressions": "slow regular expressions",
  licences: "licences of dependencies",
  "software-bill": "bill of materials",
  "lock-file": "lock file",
};

/** The table that a person reads, and below it whatever asks for something to be done. */
export function formatJudgement(judgement: Judgement): string {
  const { results, unexplained, expired, obsolete, notChecked } = judgement;
  const rows = results.map((result) => [titles[result.check], ...describeResult(result, judgement)]);
  const table = alignColumns([["check", "result", "looked at"], ...rows]);
  const parts = [
    unexplained.map(
      ({ check, id, says, where }) => `\n${titles[check]}: ${id}\n  ${says}${where ? `\n  at ${where}` : ""}`,
    ),
    expired.map(({ check, id, expires }) => `\n${titles[check]}: the acceptance of “${id}” expired on ${expires}`),
    obsolete.map(({ check, id }) => `\n${titles[check]}: “${id}” is accepted, but is found no more: take it out`),
    notChecked.map(({ check, why }) => `\nCOULD NOT BE CHECKED: ${titles[check]}\n  ${why}`),
  ];
  return [table, ...parts.flat(), "", closingSentence(judgement)].join("\n");
}

function describeResult(result: CheckResult, { unexplained, accepted }: Judgement): [string, string] {
  if ("notChecked" in result) return ["NOT CHECKED", "see below"];
  const open = unexplained.filter(({ check }) => check === result.check).length;
  const explained = accepted.filter(({ finding }) => finding.check === result.check).length;
  const reasons = explained > 0 ? `${explained} accepted` : "";
  return [[open > 0 ? `${open} UNEXPLAINED` : "clean", reasons].filter(Boolean).join(", "), result.looked];
}

function closingSentence({ unexplained, expired, obsolete, notChecked }: Judgement): string {
  const faults = unexplained.length + expired.length + obsolete.length;
  const unknown =
    notChecked.length > 0 ? ` ${notChecked.length} of the checks could not be made; that is not clean.` : "";
  if (faults === 0) return `Nothing is left unexplained.${unknown}`;
  return (
    `${faults} to mend. Mend the cause, or give a reason with an expiry date in ` +
    `tools/security/accepted-findings.yaml.${unknown}`
  );
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
