import type { DriftGroupName, DriftStatistic, ShiftUnit } from "@osteon/contracts";

/** Which pooled patients are current ones: 1, the others 0. */
export type Labels = Uint8Array;

/** One thing that two cohorts are compared on, over their pooled patients. */
export interface DriftVariable {
  readonly name: string;
  readonly group: DriftGroupName;
  readonly unit: ShiftUnit;
  readonly statistics: readonly DriftStatistic["name"][];
  /** Writes each statistic of a labelling; larger is further apart, 0 where a side has no known value. */
  readonly compute: (labels: Labels, into: Float64Array) => void;
  /** Patients of each side with a known value. */
  readonly count: (labels: Labels) => { readonly reference: number; readonly current: number };
  /** See `VariableDrift.difference`. */
  readonly difference: (labels: Labels) => number | null;
  /**
   * See `VariableDrift.detectable`.
   *
   * @param pValue what would have to be reached
   * @param nulls each statistic of the relabelled patients
   */
  readonly detectable: (labels: Labels, pValue: number, nulls: readonly Float64Array[]) => DetectableShift | null;
}

export interface DetectableShift {
  /** In the variable's unit. */
  readonly shift: number;
  /** No larger than what is called a large shift. */
  readonly isFine: boolean;
}
