import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageOfRun, runLayout, runPipeline } from "@osteon/pipeline";
import { readIdentity, readPackage } from "@osteon/registry";
import { smallConfiguration, temporaryFolder, type ConfigurationParts } from "./small-run.ts";

/**
 * The whole job with the given training, without the refits that tell the worth of a model: they take most of the time
 * where a network is trained.
 */
export async function runFamily(training: Record<string, unknown>, parts: ConfigurationParts = {}) {
  const directory = temporaryFolder();
  const configuration = smallConfiguration({
    training: { folds: 2, largest_rank: 3, effective_size_refits: 0, ...training },
    ...parts,
  });
  const manifest = await runPipeline({ configuration, directory, osteonVersion: "0.1.0" });
  const opened = await readPackage(packageOfRun(directory), await readIdentity(join(directory, runLayout.identity)));
  return { directory, manifest, opened };
}

/** What a run kept of its fit. */
export const fitOf = (directory: string) => JSON.parse(readFileSync(join(directory, runLayout.fit), "utf8")) as unknown;
