import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Packages in rings; a package imports from rings before its own only. docs/adr/0001-one-composition-root.md */
const rings = [
  ["errors", "numerics"],
  ["contracts", "safetensors"],
  ["survival", "cohort", "settings"],
  ["deidentification", "quality", "features", "network"],
  ["generator", "drift"],
  ["evaluation"],
  ["report"],
  ["process-identity"],
  ["embedded-database", "database-server"],
  ["registry", "storage", "connectors", "observability", "serving"],
  ["audit"],
  ["pipeline", "service", "backup"],
  ["monitoring"],
  ["cli", "dashboard"],
];
const domain = new Set(rings.slice(0, 7).flat());
/**
 * The exception: `network` holds the one file that knows ONNX Runtime, and starts worker threads, because the
 * runtime blocks its thread. It reads no files, variables or arguments.
 */
const allowedNodeModules = new Map([["network", ["node:worker_threads"]]]);
const ringOf = new Map(rings.flatMap((names, ring) => names.map((name) => [name, ring] as const)));

const folders = ["packages", "apps"].flatMap((parent) =>
  readdirSync(join(root, parent)).map((name) => ({ name, path: join(root, parent, name) })),
);

function sourcesOf(path: string): { file: string; text: string }[] {
  return readdirSync(join(path, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(path, "src", file), "utf8") }));
}

/** Takes nothing from the environment: it turns a library's telemetry off, which can be done nowhere else. */
const silencing = "session/no-telemetry.ts";
const isTest = (file: string) => /\.test\.ts$|testing\/|\.fixture\.ts$/.test(file);

describe.each(folders)("$name", ({ name, path }) => {
  const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  const declared = Object.keys(manifest.dependencies ?? {});
  const imported = new Set<string>();
  const importedByTests = new Set<string>();
  const nodeImports: string[] = [];
  const runtimeImports: string[] = [];
  for (const { file, text } of sourcesOf(path)) {
    if (/from "onnxruntime-node"/.test(text) && !isTest(file)) runtimeImports.push(file);
    for (const [, specifier] of text.matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)"/gms)) {
      if (specifier!.startsWith("@osteon/")) (isTest(file) ? importedByTests : imported).add(specifier!);
      if (specifier!.startsWith("node:") && !isTest(file) && !allowedNodeModules.get(name)?.includes(specifier!))
        nodeImports.push(file);
    }
  }

  it("leaves ONNX Runtime to the one file that knows it", () => {
    expect(runtimeImports).toEqual(name === "network" ? ["session/open-session.ts"] : []);
  });

  it("has a place in the order", () => {
    expect(ringOf.has(name)).toBe(true);
  });

  it("imports only from rings before its own", () => {
    const later = [...imported, ...declared.filter((dependency) => dependency.startsWith("@osteon/"))].filter(
      (dependency) => ringOf.get(dependency.slice("@osteon/".length))! >= ringOf.get(name)!,
    );
    expect(later).toEqual([]);
  });

  it("declares what it imports", () => {
    const known = [...declared, ...Object.keys(manifest.devDependencies ?? {})];
    expect([...imported].filter((dependency) => !declared.includes(dependency))).toEqual([]);
    expect([...importedByTests].filter((dependency) => !known.includes(dependency))).toEqual([]);
  });

  if (!domain.has(name)) return;

  it("knows nothing of the machine it runs on", () => {
    expect(nodeImports).toEqual([]);
    const offenders = sourcesOf(path)
      .filter(
        ({ file, text }) => !isTest(file) && file !== silencing && /\bprocess\.(env|argv|cwd)|\bconsole\./.test(text),
      )
      .map(({ file }) => file);
    expect(offenders).toEqual([]);
  });
});
