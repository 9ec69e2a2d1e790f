import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";

const folder = fileURLToPath(new URL("../../../deploy/kubernetes", import.meta.url));

export interface Manifest {
  /** Where it stands, for messages. */
  readonly place: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

/** Patches are pieces of manifests; a configuration is Osteon's own. */
const notWhole = /kustomization|configuration|shared-volume|several-services|backup-environment/;

/** Every manifest as it is written. */
export function writtenManifests(): Manifest[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".yaml") && !notWhole.test(file))
    .flatMap((file) => parseManifests(readFileSync(join(folder, file), "utf8"), file));
}

export const kustomizations = ["base", "ingress", "training", "replicated"] as const;

/** What `kubectl kustomize` makes of a folder; undefined where there is no kubectl. */
export function renderedManifests(name: (typeof kustomizations)[number]): Manifest[] | undefined {
  const rendered = spawnSync("kubectl", ["kustomize", join(folder, name)], { encoding: "utf8" });
  if (rendered.error) return undefined;
  if (rendered.status !== 0) throw new Error(rendered.stderr);
  return parseManifests(rendered.stdout, `${name} (rendered)`);
}

function parseManifests(text: string, place: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    const [fault] = document.errors;
    if (fault) throw fault;
    const manifest = document.toJS() as Manifest;
    return { ...manifest, place: `${place}: ${manifest.kind} ${manifest.metadata.name}` };
  });
}
