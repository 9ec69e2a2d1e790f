import { join } from "node:path";
import type { SyntheticCohort } from "@osteon/generator";
import { replaceDirectory } from "./replace-directory.ts";
import { provenanceFile, writeProvenance, writeSyntheticCohort, type ExportOptions } from "./write-synthetic-cohort.ts";

/** One replicate's patients in turn, and what its own provenance says. */
export interface Replicate {
  readonly batches: Iterable<SyntheticCohort> | AsyncIterable<SyntheticCohort>;
  readonly provenance: ExportOptions["provenance"];
}

/**
 * Writes replicates as the folders replicate-1, replicate-2, … of one folder, each as {@link writeSyntheticCohort} has
 * it, beside a provenance.json of all. The folder appears whole or not at all.
 *
 * @throws as {@link writeSyntheticCohort}
 */
export async function writeSyntheticReplicates(
  directory: string,
  replicates: readonly Replicate[],
  { provenance, replace = false, signal }: ExportOptions,
): Promise<void> {
  const folders = replicates.map((_, at) => `replicate-${at + 1}`);
  await replaceDirectory(directory, { replace, mark: provenanceFile }, async (target) => {
    for (const [at, replicate] of replicates.entries()) {
      await writeSyntheticCohort(join(target, folders[at]!), replicate.batches, {
        provenance: replicate.provenance,
        signal,
      });
    }
    await writeProvenance(join(target, provenanceFile), { ...provenance, folders });
  });
}
