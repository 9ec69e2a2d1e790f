import { nearestFellowDistances, nearestSquaredDistances } from "../input/nearest-distances.ts";
import type { AlignedCohorts } from "../input/align-cohorts.ts";
import { countNear, nearCopyThreshold, type CopyCount } from "./count-copies.ts";
import type { RecordSpace } from "./record-space.ts";

/** Share of held-out patients, the nearest, that sets what is nearer than real patients are. */
const nearestShare = 0.05;

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
  const threshold = nearCopyThreshold(nearestFellowDistances(trainRows, width));
  const heldOut = nearestSquaredDistances(space.place(holdOut), trainRows, width).ofFirst.sort();
  const released = nearestSquaredDistances(space.place(synthetic), trainRows, width).ofFirst;
  const quantile = heldOut[Math.floor(nearestShare * heldOut.length)];
  return {
    records: countNear(released, threshold),
    expression,
    nearAmongHeldOut: countNear(heldOut, threshold).near,
    closerThanReal:
      quantile === undefined || released.length === 0
        ? null
        : released.filter((distance) => distance < quantile).length / released.length,
  };
}
