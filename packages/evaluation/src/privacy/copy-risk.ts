import { nearestSquaredDistances } from "../input/squared-distances.ts";
import type { AlignedCohorts } from "../input/align-cohorts.ts";
import { countPatients } from "../input/evaluation-cohort.ts";
import type { CopyCount } from "./count-copies.ts";
import type { RecordSpace } from "./record-space.ts";

/** Share of held-out patients, the nearest, that sets what is nearer than real patients are. */
const nearestShare = 0.05;
/** As in counting copies of expression: a quarter of the median distance to the nearest fellow. */
const nearFraction = 0.25;

/** Copies of training patients among synthetic records, and among held-out patients for comparison. */
export interface CopyReport {
  /** In whole records. */
  readonly records: CopyCount;
  /** In expression alone; null where there is none. */
  readonly expression: CopyCount | null;
  /** Held-out patients that are near copies of a training patient by the same rule: what chance makes. */
  readonly nearAmongHeldOut: number;
  /**
   * Share of synthetic records nearer to a training patient than the nearest 5 % of held-out patients are;
   * 0.05 is what fresh patients give. Null where nobody is held out.
   */
  readonly closerThanReal: number | null;
}

/** Counts exact and near copies in whole records, all of the file's. */
export function countRecordCopies(
  space: RecordSpace,
  { train, holdOut, synthetic }: AlignedCohorts,
  expression: CopyCount | null,
): CopyReport {
  const width = space.attributes.length;
  const trainRows = space.place(train);
  const fellows = nearestSquaredDistances(trainRows, trainRows, width, { excludeSameRow: true }).sort();
  const median = fellows[Math.floor(fellows.length / 2)] ?? 0;
  const threshold = Number.isFinite(median) ? nearFraction ** 2 * median : 0;
  const heldOut = nearestSquaredDistances(space.place(holdOut), trainRows, width).sort();
  const released = nearestSquaredDistances(space.place(synthetic), trainRows, width);
  const count = (distances: Float64Array, limit: number) => distances.filter((distance) => distance <= limit).length;
  const candidates = countPatients(synthetic);
  const quantile = heldOut[Math.floor(nearestShare * heldOut.length)];
  return {
    records: { candidates, exact: count(released, 0), near: count(released, threshold) },
    expression,
    nearAmongHeldOut: count(heldOut, threshold),
    closerThanReal:
      quantile === undefined || candidates === 0
        ? null
        : released.filter((distance) => distance < quantile).length / candidates,
  };
}
