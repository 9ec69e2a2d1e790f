// Checks what Osteon is made of, and its code, for what an attacker could use. Exit code 1 for whatever is left
// unexplained; `--require-all` also for what could not be checked.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { analyseCode } from "./security/checks/analyse-code.ts";
import { auditDependencies } from "./security/checks/audit-dependencies.ts";
import { checkLicences } from "./security/checks/check-licences.ts";
import { checkLockFile } from "./security/checks/check-lock-file.ts";
import { describeSoftware } from "./security/checks/describe-software.ts";
import { findSecrets } from "./security/checks/find-secrets.ts";
import { findSlowPatterns } from "./security/checks/find-slow-patterns.ts";
import { verifySignatures } from "./security/checks/verify-signatures.ts";
import { parseAcceptances } from "./security/findings/acceptance.ts";
import { formatJudgement } from "./security/findings/format-judgement.ts";
import { isClean, judgeFindings } from "./security/findings/judge-findings.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    "require-all": { type: "boolean", default: false },
    sbom: { type: "string", default: "dist/sbom.cdx.json" },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const acceptances = parseAcceptances(
  await readFile(new URL("security/accepted-findings.yaml", import.meta.url), "utf8"),
);
// Standard output is for the result alone.
console.error("Checking dependencies, secrets, code and licences; this takes a minute or two …");
// What waits for the network runs beside what computes.
const network = [auditDependencies(root), verifySignatures(root)];
const results = [
  await findSecrets(root),
  await analyseCode(root),
  await findSlowPatterns(root),
  await checkLicences(root),
  await describeSoftware(root, values.sbom),
  await checkLockFile(root),
];
const judgement = judgeFindings(
  [...(await Promise.all(network)), ...results],
  acceptances,
  new Date().toISOString().slice(0, 10),
);
console.log(values.json ? JSON.stringify(judgement, undefined, 2) : formatJudgement(judgement));
process.exitCode = isClean(judgement, values["require-all"]) ? 0 : 1;
