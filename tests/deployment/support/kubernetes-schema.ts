import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Manifest } from "./kubernetes-manifests.ts";

const project = fileURLToPath(new URL("../../..", import.meta.url));

type ModelClass = new (data: object) => { validate(): void };

/** Faults of values by the schemas of Kubernetes' API: what is missing, of the wrong type or form. */
export async function faultsOfValues(manifests: readonly Manifest[]): Promise<string[]> {
  const faults: string[] = [];
  for (const manifest of manifests) {
    const { place, ...data } = manifest;
    const specifier = `kubernetes-models/${moduleOf(manifest)}`;
    const models = (await import(specifier)) as Record<string, ModelClass>;
    try {
      new models[manifest.kind]!(data).validate();
    } catch (error) {
      faults.push(`${place}: ${(error as Error).message}`);
    }
  }
  return faults;
}

/**
 * Faults of names: fields that the API does not know, which its schemas let pass and the server drops or refuses. The
 * types of the same package say them: manifests are written as TypeScript, whose literals may hold known fields only.
 */
export function faultsOfFields(manifests: readonly Manifest[]): string[] {
  const cache = join(project, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, "manifests-"));
  try {
    const lines = manifests.map((manifest, index) => {
      const { place, ...data } = manifest;
      const type = `import("kubernetes-models/${moduleOf(manifest)}").I${manifest.kind}`;
      return `const m${index}: ${type} = ${JSON.stringify(data)}; // ${place}\nvoid m${index};`;
    });
    writeFileSync(join(scratch, "manifests.ts"), `export {};\n${lines.join("\n")}\n`);
    const options = { module: "NodeNext", target: "ES2024", strict: true, noEmit: true, skipLibCheck: true, types: [] };
    writeFileSync(
      join(scratch, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, files: ["manifests.ts"] }),
    );
    const compiler = join(project, "node_modules/typescript/bin/tsc");
    const checked = spawnSync(process.execPath, [compiler, "-p", scratch, "--pretty", "false"], { encoding: "utf8" });
    if (checked.error) throw checked.error;
    // The lines of one file: manifests.ts(3,7): error …; each manifest takes two after the first.
    return checked.stdout
      .split("\n")
      .filter((line) => /error TS/.test(line))
      .map((line) => {
        const found = /\((\d+),\d+\): error TS\d+: (.*)/.exec(line);
        return found ? `${manifests[Math.floor((Number(found[1]) - 2) / 2)]?.place}: ${found[2]}` : line;
      });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const moduleOf = ({ apiVersion, kind }: Manifest): string => `${apiVersion}/${kind}`;
