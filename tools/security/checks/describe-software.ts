import { mkdir, mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CheckResult, Finding } from "../findings/finding.ts";
import { explainFailure, runNpm } from "../run-npm.ts";
import { readBillValidator } from "../software-bill/validate-software-bill.ts";

const check = "software-bill";

/**
 * Writes the bill of materials of what an installation runs, in CycloneDX 1.5, from the lock file alone: so it is of
 * every platform, and the same wherever it is made but for its time and number.
 *
 * npm leaves out whatever is a development dependency of any workspace, also where another one runs it; so it is asked
 * about a copy of the project's files in which nothing is one.
 *
 * @param target where it is written
 */
export async function describeSoftware(root: string, target: string): Promise<CheckResult> {
  await using copy = await mkdtempDisposable(join(tmpdir(), "osteon-bill-"));
  await copyWithoutDevelopment(root, copy.path);
  const output = await runNpm(copy.path, [
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

type PackageFile = Record<string, unknown> & { devDependencies?: unknown };
type LockFile = Record<string, unknown> & { packages: Record<string, PackageFile & { dev?: boolean }> };

/** Writes the lock file and every package.json of the workspaces into a folder, without development dependencies. */
async function copyWithoutDevelopment(root: string, folder: string): Promise<void> {
  const read = async (path: string) => JSON.parse(await readFile(join(root, path), "utf8")) as unknown;
  const lock = (await read("package-lock.json")) as LockFile;
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (entry.dev === true) delete lock.packages[path];
    if (path.includes("node_modules/")) continue;
    delete entry.devDependencies;
    const { devDependencies: _left, ...own } = (await read(join(path, "package.json"))) as PackageFile;
    await mkdir(join(folder, path), { recursive: true });
    await writeFile(join(folder, path, "package.json"), JSON.stringify(own));
  }
  await writeFile(join(folder, "package-lock.json"), JSON.stringify(lock));
}

interface SoftwareBill {
  metadata: { component: { name: string } };
  components: object[];
}
