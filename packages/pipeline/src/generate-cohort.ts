import { syntheticPatientNotice, type Profile } from "@osteon/contracts";
import { writeSyntheticCohort } from "@osteon/connectors";
import { conditionsOfProfile, type Synthesiser, type SyntheticCohort } from "@osteon/generator";

/** What to generate and where to. */
export interface GenerationRequest {
  readonly synthesiser: Synthesiser;
  readonly profile: Profile;
  readonly count: number;
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
 * Generates patients 0 … count − 1 of a seed and writes them as one folder with its provenance.
 *
 * @throws `generator.rare-profile`, and what writing throws
 */
export async function generateCohort(request: GenerationRequest): Promise<void> {
  const { synthesiser, profile, count, seed } = request;
  await writeSyntheticCohort(request.directory, batches(request), {
    replace: request.replace,
    signal: request.signal,
    provenance: {
      notice: syntheticPatientNotice,
      osteonVersion: request.osteonVersion,
      modelVersion: synthesiser.modelVersion,
      trainedOnSimulatedPatients: synthesiser.trainedOnSimulatedPatients,
      profile,
      count,
      seed,
      smallestCell: synthesiser.conditionFloor?.smallestCell ?? null,
      ...request.notes,
      createdAt: new Date().toISOString(),
    },
  });
}

async function* batches({
  synthesiser,
  profile,
  count,
  seed,
  progress,
}: GenerationRequest): AsyncIterable<SyntheticCohort> {
  const conditions = conditionsOfProfile(profile);
  for (let firstIndex = 0; firstIndex < count; firstIndex += batchPatients) {
    progress(`${firstIndex} of ${count} patients`, firstIndex / count);
    yield await synthesiser.generate({
      conditions,
      seed,
      firstIndex,
      count: Math.min(batchPatients, count - firstIndex),
    });
  }
}
