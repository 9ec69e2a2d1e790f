import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunManifest } from "@osteon/pipeline";
import { afterAll, beforeAll } from "vitest";
import { runOsteon, type Ending } from "./osteon-process.ts";

/** A configuration whose runs take seconds. */
export const smallFile = `
data: { source: demonstration, patients: 60, genes: 60 }
cohort: { small_cohort: true }
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 0 }
generation: { unconditional_patients: 30, patients_per_scenario: 5 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 }
storage: { directory: ledger }
`;

/** A folder in which `osteon` is run as from a shell, for the tests of one file. */
export interface CommandFolder {
  readonly at: (name: string, text?: string) => string;
  readonly osteon: (...words: string[]) => Promise<Ending>;
  readonly manifestOf: (run: string) => RunManifest;
}

/** Makes a folder before the tests with {@link smallFile} in it as `small.yaml`, and removes it after them. */
export function commandFolder(): CommandFolder {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "osteon-cli-"));
    writeFileSync(join(folder, "small.yaml"), smallFile);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string, text?: string): string => {
    const path = join(folder, name);
    if (text !== undefined) writeFileSync(path, text);
    return path;
  };
  return {
    at,
    osteon: (...words) => runOsteon(words, { cwd: folder }),
    manifestOf: (run) => JSON.parse(readFileSync(at(join(run, "manifest.json")), "utf8")) as RunManifest,
  };
}
