import { syntheticPatientNotice, type Profile } from "@osteon/contracts";
import { writeSyntheticCohort, writeSyntheticReplicates } from "@osteon/connectors";
import { conditionsOfProfile, type Synthesiser, type SyntheticCohort } from "@osteon/generator";
import { describeInference } from "./describe-inference.ts";
import type { ModelWorth } from "./model-worth.ts";

/** What to generate and where to. */
export interface GenerationRequest {
  readonly synthesiser: Synthesiser;
  readonly worth: ModelWorth;
  readonly profile: Profile;
  /** Patients of each replicate. */
  readonly count: number;
  /** Default 1. With more, replicate r (from 0) has the patients r · count … (r + 1) · count − 1 of the seed. */
  readonly replicates?: number;
  readonly seed: number;
  readonly directory: string;
  readonly osteonVersion: string;
  /** Replace an earlier export of ours; any other content of the directory is never touched. */
  readonly replace: boolean;
  /** More to tell of how the patients came about. */
  readonly notes?: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  readonly progress: (message: string, share?: number) => void;
}

/** Patients in memory at one time. */
const batchPatients = 256;

/**
 * Generates patients of a seed, from number 0 on, and writes them with their provenance: as one folder, or as a folder
 * of replicates.
 *
 * @throws `generator.rare-profile`, and what writing throws
 */
export async function generateCohort(request: GenerationRequest): Promise<void> {
  const { synthesiser, worth, profile, count, seed, replicates = 1 } = request;
  const provenance = {
    notice: syntheticPatientNotice,
    osteonVersion: request.osteonVersion,
    modelVersion: synthesiser.modelVersion,
    trainedOnSimulatedPatients: synthesiser.trainedOnSimulatedPatients,
    profile,
    count,
    seed,
    smallestCell: synthesiser.conditionFloor?.smallestCell ?? null,
    inference: describeInference(worth, { profile, count, replicates }),
    ...request.notes,
    createdAt: new Date().toISOString(),
  };
  const options = { replace: request.replace, signal: request.signal };
  if (replicates === 1) {
    await writeSyntheticCohort(request.directory, batches(request, 0), { ...options, provenance });
    return;
  }
  const all = Array.from({ length: replicates }, (_, replicate) => ({
    batches: batches(request, replicate * count),
    provenance: { ...provenance, replicate: replicate + 1, firstIndex: replicate * count },
  }));
  await writeSyntheticReplicates(request.directory, all, { ...options, provenance });
}

async function* batches(
  { synthesiser, profile, count, seed, progress, replicates = 1 }: GenerationRequest,
  firstIndex: number,
): AsyncIterable<SyntheticCohort> {
  const conditions = conditionsOfProfile(profile);
  const everyone = count * replicates;
  for (let index = firstIndex; index < firstIndex + count; index += batchPatients) {
    progress(`${index} of ${everyone} patients`, index / everyone);
    yield await synthesiser.generate({
      conditions,
      seed,
      firstIndex: index,
      count: Math.min(batchPatients, firstIndex + count - index),
    });
  }
}
