/**
 * `cannot tell yet`: nothing was found, and with so many patients a large shift could have been missed.
 */
export type DriftState = "no drift" | "drift" | "cannot tell yet";

/** Variables that are judged together, so that hundreds of genes do not drown six clinical variables. */
export type DriftGroupName =
  | "clinical"
  | "completeness"
  | "mutations"
  | "copy number"
  | "expression"
  | "expression, jointly";

/** What a difference is measured in. */
export type ShiftUnit = "SD" | "share" | "hazard ratio";

/** One statistic against its own permutation null. */
export interface DriftStatistic {
  readonly name: "PSI" | "KS" | "Wasserstein" | "log-rank" | "MMD";
  /** Wasserstein in pooled standard deviations, log-rank as chi-square, MMD squared. */
  readonly value: number;
  /** Mean over relabelled patients: what no drift gives at these numbers. */
  readonly nullMean: number;
  /** (1 + relabellings at least as far apart) / (1 + relabellings). */
  readonly pValue: number;
}

export interface VariableDrift {
  readonly name: string;
  readonly group: DriftGroupName;
  /** Patients with a known value. */
  readonly reference: number;
  readonly current: number;
  readonly statistics: readonly DriftStatistic[];
  /** Of the smallest of the statistics' p-values against its own null: one exact p-value whichever told. */
  readonly pValue: number;
  /** Adjusted for the variables of the group and for the groups. */
  readonly qValue: number;
  /** Current less reference, or their hazard ratio; null for a joint difference, which has no direction. */
  readonly difference: number | null;
  readonly unit: ShiftUnit;
  /**
   * Shift that would be found with a chance of 80 % at these numbers if a tenth of the group's variables had
   * it; null where no shift would. In `unit`, but for a joint difference: a shift of every gene, in SD.
   */
  readonly detectable: number | null;
  readonly state: DriftState;
}

export interface GroupDrift {
  readonly name: DriftGroupName;
  readonly variables: number;
  /** Simes' p-value of its variables. */
  readonly pValue: number;
  /** Benjamini and Hochberg's over the groups. */
  readonly qValue: number;
  readonly drifted: number;
  readonly state: DriftState;
}

/** Plain JSON; names of variables and counts, nothing of one patient. */
export interface DriftReport {
  readonly format: "osteon-drift/1";
  readonly state: DriftState;
  readonly reference: number;
  readonly current: number;
  /** Chance of any alarm where nothing drifts. */
  readonly level: number;
  readonly permutations: number;
  readonly groups: readonly GroupDrift[];
  readonly variables: readonly VariableDrift[];
  readonly notes: readonly string[];
}
