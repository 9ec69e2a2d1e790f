import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Words of a file, and what stands in their place in another version. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Installs another version of this program: its own code, changed, beside the same libraries. */
export function installVersion(directory: string, version: string, changes: readonly Change[]): void {
  for (const name of ["apps", "packages", "bin", "tools"]) {
    cpSync(join(root, name), join(directory, name), {
      recursive: true,
      filter: (path) => !/node_modules|[/\\]dist(?:[/\\]|$)/.test(path.slice(root.length)),
    });
  }
  const libraries = join(directory, "node_modules");
  mkdirSync(join(libraries, "@osteon"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "@osteon") symlinkSync(join(root, "node_modules", name), join(libraries, name));
  }
  for (const parent of ["packages", "apps"]) {
    for (const name of readdirSync(join(directory, parent))) {
      symlinkSync(join(directory, parent, name), join(libraries, "@osteon", name));
    }
  }
  const numbered = { file: "apps/cli/package.json", from: '"version": "0.1.0"', to: `"version": "${version}"` };
  for (const { file, from, to } of [numbered, ...changes]) {
    const path = join(directory, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not hold what another version would change: ${from}`);
    writeFileSync(path, text.replaceAll(from, to));
  }
}
