import type { CheckResult, Finding } from "../findings/finding.ts";
import { readLockedPackages, type LockedPackage } from "../locked-packages.ts";

const check = "lock-file";

export async function checkLockFile(root: string): Promise<CheckResult> {
  const packages = await readLockedPackages(root);
  return { check, looked: `${packages.length} locked packages`, findings: judgeLockFile(packages) };
}

/**
 * Each package has a hash of SHA-512, comes from the registry that the installation is set to (so no address stands
 * in the file), and runs nothing of its own when it is installed.
 */
export function judgeLockFile(packages: readonly LockedPackage[]): Finding[] {
  return packages.flatMap(({ name, path, integrity, inBundle, resolved, hasInstallScript }) => {
    const found: [string, boolean, string][] = [
      [
        "no-integrity",
        inBundle !== true && integrity?.startsWith("sha512-") !== true,
        "There is no SHA-512 of it: npm would install whatever comes.",
      ],
      ["foreign-source", resolved !== undefined, `It is fetched from an address of its own, ${resolved}.`],
      ["install-script", hasInstallScript === true, "It runs a program of its own when it is installed."],
    ];
    return found.flatMap(([kind, is, says]) =>
      is ? [{ check, id: `${kind} ${name}`, says, where: path } as const] : [],
    );
  });
}
