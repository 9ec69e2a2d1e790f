import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { CheckResult, Finding } from "../findings/finding.ts";
import { explainFailure, runNpm } from "../run-npm.ts";
import { readBillValidator } from "../software-bill/validate-software-bill.ts";

const check = "software-bill";

/**
 * Writes the bill of materials of what an installation runs, in CycloneDX 1.5, from the lock file alone: so it is of
 * every platform, and the same wherever it is made but for its time and number.
 *
 * @param target where it is written
 */
export async function describeSoftware(root: string, target: string): Promise<CheckResult> {
  const output = await runNpm(root, [
    "sbom",
    "--sbom-format=cyclonedx",
    "--sbom-type=application",
    "--package-lock-only",
    "--omit=dev",
  ]);
  let bill: SoftwareBill;
  try {
    bill = JSON.parse(output.stdout) as SoftwareBill;
    // npm names it by the folder that it is in.
    bill.metadata.component.name = "osteon";
  } catch {
    return { check, notChecked: explainFailure(output) };
  }
  const findings = (await readBillValidator())(bill).map((fault): Finding => ({
    check,
    id: fault,
    says: "The bill of materials is not as CycloneDX 1.5 has it.",
  }));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, `${JSON.stringify(bill, undefined, 2)}\n`);
  return { check, looked: `${bill.components.length} components, written to ${target}`, findings };
}

interface SoftwareBill {
  metadata: { component: { name: string } };
  components: object[];
}
