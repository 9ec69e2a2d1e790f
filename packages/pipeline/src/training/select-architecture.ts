import { selectPatients, splitCohort, type Cohort } from "@osteon/cohort";
import { validateGenerator } from "@osteon/evaluation";
import { families as candidates, type Family } from "@osteon/generator";
import { drawFromFamily, unlessUnfit, type TrainingContext, type TrainingMaterial } from "./fit-family.ts";

/** How one family did on patients that it was not trained on. */
interface FamilyScore {
  readonly family: Family;
  /** Calibrated biological score of each split; null where no metric could tell. */
  readonly scores: readonly (number | null)[];
  readonly mean: number | null;
  /** Splits in which the synthetic patients held near copies of training patients. */
  readonly splitsWithCopies: number;
  /** Mean area under the curve of telling training patients by their distance to the synthetic ones; 0.5 is chance. */
  readonly membershipAuc: number | null;
}

/** Which family was chosen, and by what. */
export interface ArchitectureChoice {
  readonly chosen: Family;
  readonly splits: number;
  readonly families: readonly FamilyScore[];
  readonly reason: string;
}

const heldOutShare = 1 / 3;
const syntheticPatients = 500;
const repeatsPerSplit = 5;

/**
 * Chooses a family by repeated splits of the training patients: the simplest one whose calibrated score is within one
 * standard error of the best (Breiman et al. 1984, §3.4.3), the error being that of the differences, split by split.
 * A family that copies patients is out.
 */
export async function selectArchitecture(
  material: TrainingMaterial,
  context: TrainingContext,
): Promise<ArchitectureChoice> {
  const { configuration, progress, signal } = context;
  const { selection_splits: splits, seed } = configuration.training;
  const results = new Map<Family, SplitResult[]>(candidates.map((family) => [family, []]));
  for (let split = 0; split < splits; split++) {
    const rows = splitCohort(material.cohort, { holdOutFraction: heldOutShare, seed, repeat: split });
    const train = selectPatients(material.cohort, rows.train);
    const holdOut = selectPatients(material.cohort, rows.holdOut);
    for (const family of candidates) {
      signal.throwIfAborted();
      progress(`choosing the architecture: ${family}, split ${split + 1} of ${splits}`);
      const draw = { seed, count: syntheticPatients };
      // The simplest family speaks for itself later.
      const synthetic = await unlessUnfit(() => drawFromFamily(family, { ...material, cohort: train }, draw, context));
      results.get(family)!.push(synthetic === null ? unscored : judge({ train, holdOut, synthetic }, material, seed));
    }
  }
  return choose(results, splits);
}

interface SplitResult {
  readonly score: number | null;
  readonly copies: boolean;
  readonly membershipAuc: number | null;
}

const unscored: SplitResult = { score: null, copies: false, membershipAuc: null };

function judge(
  cohorts: Readonly<Record<"train" | "holdOut" | "synthetic", Cohort>>,
  { geneSets }: TrainingMaterial,
  seed: number,
): SplitResult {
  const { biologicalScore, memorisation } = validateGenerator({
    ...cohorts,
    geneSets,
    seed,
    repeats: repeatsPerSplit,
  });
  const copies = memorisation.copies.synthetic;
  return {
    score: biologicalScore.calibrated,
    copies: copies !== null && copies.exact + copies.near > 0,
    membershipAuc: memorisation.membershipAuc.synthetic,
  };
}

/** The one-standard-error rule on paired differences. */
export function choose(results: ReadonlyMap<Family, readonly SplitResult[]>, splits: number): ArchitectureChoice {
  const families = [...results].map(([family, of]): FamilyScore => ({
    family,
    scores: of.map(({ score }) => score),
    mean: meanOf(of.map(({ score }) => score)),
    splitsWithCopies: of.filter(({ copies }) => copies).length,
    membershipAuc: meanOf(of.map(({ membershipAuc }) => membershipAuc)),
  }));
  const sound = families.filter(({ mean, splitsWithCopies }) => mean !== null && splitsWithCopies === 0);
  if (sound.length === 0) {
    const [simplest] = families;
    const reason = "no family could be scored without copying patients, so the simplest was taken";
    return { chosen: simplest!.family, splits, families, reason };
  }
  const best = sound.reduce((a, b) => (b.mean! > a.mean! ? b : a));
  const chosen = sound.find((family) => isWithinOneStandardError(family, best))!;
  const reason =
    chosen === best
      ? `${best.family} has the best calibrated score on held-out patients`
      : `${chosen.family} is simpler than ${best.family} and within one standard error of its score`;
  return { chosen: chosen.family, splits, families, reason };
}

function isWithinOneStandardError(family: FamilyScore, best: FamilyScore): boolean {
  const differences = best.scores.flatMap((score, split) => {
    const own = family.scores[split];
    return score === null || own === null || own === undefined ? [] : [score - own];
  });
  const loss = meanOf(differences)!;
  if (differences.length < 2) return loss <= 0;
  const variance =
    differences.reduce((sum, value) => sum + (value - loss) ** 2, 0) / (differences.length - 1) / differences.length;
  return loss <= Math.sqrt(variance);
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
