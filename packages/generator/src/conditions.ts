/** Values given for a patient's clinical variables; absent ones are drawn. */
export interface Conditions {
  /** Days from diagnosis. With `event` 1 the day of death; with `event` 0 the patient lives past it. */
  readonly survivalTimeDays?: number;
  readonly event?: 0 | 1;
  readonly ageYears?: number;
  readonly metastasis?: 0 | 1;
}
