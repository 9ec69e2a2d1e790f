import { readFile } from "node:fs/promises";
import { join } from "node:path";
import spdxSatisfies from "spdx-satisfies";
import type { CheckResult, Finding } from "../findings/finding.ts";
import { readLockedPackages, type LockedPackage } from "../locked-packages.ts";

const check = "licences";

/** Licences that let a hospital use, change and hand on Osteon with the package in it, asking for notices alone. */
const allowedLicences = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
];

/** Checks the licence of every package that an installation runs. */
export async function checkLicences(root: string): Promise<CheckResult> {
  const packages = (await readLockedPackages(root)).filter(({ dev }) => dev !== true);
  const stated = await Promise.all(packages.map(async (each) => ({ ...each, ...(await addLicence(root, each)) })));
  return { check, looked: `${packages.length} production packages`, findings: judgeLicences(stated) };
}

/** @returns one finding for each package whose licence is not an SPDX expression that the list satisfies */
export function judgeLicences(packages: readonly Pick<LockedPackage, "name" | "version" | "license">[]): Finding[] {
  const findings = packages.flatMap(({ name, version, license }): Finding[] =>
    isAllowed(license)
      ? []
      : [
          {
            check,
            id: `${name} ${license ?? "no licence"}`,
            says: "This licence is not on the list of those that are allowed.",
            where: `${name}@${version}`,
          },
        ],
  );
  return [...new Map(findings.map((finding) => [finding.id, finding])).values()];
}

function isAllowed(license: string | undefined): boolean {
  if (license === undefined) return false;
  try {
    return spdxSatisfies(license, allowedLicences);
  } catch {
    // “SEE LICENSE IN …” is no SPDX expression.
    return false;
  }
}

/** The lock file leaves licences out that a package states in an old form. */
async function addLicence(root: string, { path, license }: LockedPackage): Promise<{ license?: string }> {
  if (license !== undefined) return { license };
  const text = await readFile(join(root, path, "package.json"), "utf8").catch(() => "{}");
  const stated = (JSON.parse(text) as { license?: unknown }).license;
  return typeof stated === "string" ? { license: stated } : {};
}
