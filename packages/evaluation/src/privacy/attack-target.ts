import { crossSquaredDistances } from "@osteon/numerics";
import type { AlignedCohorts } from "../input/align-cohorts.ts";
import { countPatients } from "../input/evaluation-cohort.ts";
import type { RecordSpace } from "./record-space.ts";

/** What the attacks on a released file work with. */
export interface AttackTarget extends AlignedCohorts {
  readonly space: RecordSpace;
  readonly members: number;
  readonly others: number;
  readonly records: number;
  /** Placed rows of the real patients, training patients first, and of the synthetic records. */
  readonly realRows: Float32Array;
  readonly syntheticRows: Float32Array;
  /** Squared distances, real patient × synthetic record. */
  readonly squaredDistances: Float64Array;
}

export function createAttackTarget(space: RecordSpace, cohorts: AlignedCohorts): AttackTarget {
  const { train, holdOut, synthetic } = cohorts;
  const trainRows = space.place(train);
  const holdOutRows = space.place(holdOut);
  const realRows = new Float32Array(trainRows.length + holdOutRows.length);
  realRows.set(trainRows);
  realRows.set(holdOutRows, trainRows.length);
  const syntheticRows = space.place(synthetic);
  return {
    ...cohorts,
    space,
    members: countPatients(train),
    others: countPatients(holdOut),
    records: countPatients(synthetic),
    realRows,
    syntheticRows,
    squaredDistances: crossSquaredDistances(realRows, syntheticRows, space.attributes.length),
  };
}

/** For each row of a matrix of distances, the column of its smallest value, the first of several. */
export function findNearest(distances: Float64Array, columns: number): Uint32Array {
  return Uint32Array.from({ length: distances.length / columns }, (_, row) => {
    let nearest = 0;
    for (let column = 1; column < columns; column++) {
      if (distances[row * columns + column]! < distances[row * columns + nearest]!) nearest = column;
    }
    return nearest;
  });
}

/** Squared distances as the target's, in some of the attributes. */
export function measureDistancesIn(target: AttackTarget, columns: readonly number[]): Float64Array {
  const take = (rows: Float32Array) => {
    const width = target.space.attributes.length;
    return Float32Array.from(
      { length: (rows.length / width) * columns.length },
      (_, k) => rows[Math.floor(k / columns.length) * width + columns[k % columns.length]!]!,
    );
  };
  return crossSquaredDistances(take(target.realRows), take(target.syntheticRows), columns.length);
}
