import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationSchema, type Configuration } from "@osteon/contracts";
import { runPipeline, type PipelineRequest, type RunManifest } from "@osteon/pipeline";
import { onTestFinished } from "vitest";

/** Parts of a configuration, as a file would give them. */
export type ConfigurationParts = Record<string, Record<string, unknown>>;

/** Small enough for the whole job in about a second. */
export function smallConfiguration(parts: ConfigurationParts = {}): Configuration {
  const small: ConfigurationParts = {
    data: { source: "demonstration", patients: 60, genes: 60 },
    cohort: { small_cohort: true },
    training: { architecture: "factor-copula", folds: 2, largest_rank: 3, effective_size_refits: 0 },
    generation: { unconditional_patients: 30, patients_per_scenario: 5 },
    validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 },
  };
  const groups = new Set([...Object.keys(small), ...Object.keys(parts)]);
  const merged = [...groups].map((group) => [
    group,
    group === "data" && parts[group] ? parts[group] : { ...small[group], ...parts[group] },
  ]);
  return configurationSchema.parse(Object.fromEntries(merged));
}

/** A folder for the time of one test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "osteon-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a run did: which steps it kept, which it ran anew. */
export interface ObservedRun {
  readonly manifest: RunManifest;
  readonly kept: readonly string[];
  readonly ran: readonly string[];
}

/** Runs the pipeline and notes what it did. */
export async function observeRun(
  request: Omit<PipelineRequest, "osteonVersion" | "observer"> & Partial<PipelineRequest>,
): Promise<ObservedRun> {
  const kept: string[] = [];
  const ran: string[] = [];
  const manifest = await runPipeline({
    osteonVersion: "0.1.0",
    ...request,
    observer: { onStepFinished: (step, _, wasKept) => void (wasKept ? kept : ran).push(step) },
  });
  return { manifest, kept, ran };
}
