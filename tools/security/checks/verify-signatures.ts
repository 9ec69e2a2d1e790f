import { z } from "zod";
import type { CheckResult, Finding } from "../findings/finding.ts";
import { explainFailure, runNpm, type NpmOutput } from "../run-npm.ts";

const packageSchema = z.object({ name: z.string(), version: z.string() });
const reportSchema = z.object({ invalid: z.array(packageSchema), missing: z.array(packageSchema) });

/** Verifies the registry's signatures and the attestations of the packages that are installed. */
export async function verifySignatures(root: string): Promise<CheckResult> {
  return readSignatures(await runNpm(root, ["audit", "signatures", "--json"]));
}

export function readSignatures(output: NpmOutput): CheckResult {
  const check = "signatures";
  let report: unknown;
  try {
    report = JSON.parse(output.stdout);
  } catch {
    // Below.
  }
  const read = reportSchema.safeParse(report);
  if (!read.success) return { check, notChecked: explainFailure(output) };
  const tell =
    (says: string) =>
    ({ name, version }: { name: string; version: string }): Finding => ({
      check,
      id: `${name}@${version}`,
      says,
    });
  return {
    check,
    looked: "the installed packages",
    findings: [
      ...read.data.invalid.map(tell("The registry's signature does not hold: the package may have been altered.")),
      ...read.data.missing.map(tell("The registry signs its packages, but not this one.")),
    ],
  };
}
