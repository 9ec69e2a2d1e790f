import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const entrySchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
});
const lockSchema = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), entrySchema) });

/** A package of the lock file that comes from a registry. */
export interface LockedPackage extends z.output<typeof entrySchema> {
  readonly name: string;
  /** Path from the root, which tells two versions of a package apart. */
  readonly path: string;
}

export async function readLockedPackages(root: string): Promise<LockedPackage[]> {
  return parseLockFile(await readFile(join(root, "package-lock.json"), "utf8"));
}

/** The packages of others: workspaces and links to them are left out. */
export function parseLockFile(text: string): LockedPackage[] {
  return Object.entries(lockSchema.parse(JSON.parse(text)).packages).flatMap(([path, entry]) => {
    const name = path.split("node_modules/").at(-1)!;
    return path.includes("node_modules/") && entry.link !== true ? [{ ...entry, name, path }] : [];
  });
}
