import { z } from "zod";
import { driftGroupSchema } from "./drift-reference.ts";

const countSchema = z.int().min(0);
const shareSchema = z.number().min(0).max(1);
const bandSchema = z.strictObject({ lower: z.number(), upper: z.number() });

/** `cannot tell yet`: nothing was found, and with so many patients a large shift could have been missed. */
const driftStateSchema = z.enum(["no drift", "drift", "cannot tell yet"]);

/** What a difference is measured in. */
const shiftUnitSchema = z.enum(["SD", "share", "hazard ratio"]);

/** One statistic against its own permutation null. */
const driftStatisticSchema = z.strictObject({
  name: z.enum(["PSI", "KS", "Wasserstein", "log-rank", "MMD"]),
  /** Wasserstein in pooled standard deviations, log-rank as chi-square, MMD squared. */
  value: z.number(),
  /** Mean over relabelled patients: what no drift gives at these numbers. */
  nullMean: z.number(),
  /** What 95 % of relabelled patients stay under. */
  nullUpper: z.number(),
  /** (1 + relabellings at least as far apart) / (1 + relabellings). */
  pValue: shareSchema,
});

const variableDriftSchema = z.strictObject({
  name: z.string(),
  group: driftGroupSchema,
  /** Patients with a known value. */
  reference: countSchema,
  current: countSchema,
  statistics: z.array(driftStatisticSchema).readonly(),
  /** Of the smallest of the statistics' p-values against its own null: one exact p-value whichever told. */
  pValue: shareSchema,
  /** Adjusted for the variables of the group and for the groups. */
  qValue: shareSchema,
  /** Current less reference, or their hazard ratio; null for a joint difference, which has no direction. */
  difference: z.number().nullable(),
  /** Where 95 % of the differences of relabelled patients lie; null where there is no difference. */
  nullDifference: bandSchema.nullable(),
  unit: shiftUnitSchema,
  /**
   * Shift that would be found with a chance of 80 % at these numbers if a tenth of the group's variables had
   * it; null where no shift would. In `unit`, but for a joint difference: a shift of every gene, in SD.
   */
  detectable: z.number().nullable(),
  state: driftStateSchema,
});

const groupDriftSchema = z.strictObject({
  name: driftGroupSchema,
  variables: countSchema,
  /** Simes' p-value of its variables. */
  pValue: shareSchema,
  /** Benjamini and Hochberg's over the groups. */
  qValue: shareSchema,
  drifted: countSchema,
  state: driftStateSchema,
});

/** One comparison of two cohorts; names of variables and counts, nothing of one patient. */
const driftReportSchema = z.strictObject({
  format: z.literal("osteon-drift/1"),
  state: driftStateSchema,
  reference: countSchema,
  current: countSchema,
  /** Chance of any alarm where nothing drifts. */
  level: shareSchema,
  permutations: countSchema,
  groups: z.array(groupDriftSchema).readonly(),
  variables: z.array(variableDriftSchema).readonly(),
  notes: z.array(z.string()).readonly(),
});

/** `signs`: evidence that chance reaches in one of five monitors, ever. */
const alarmSchema = z.enum(["alarm", "signs", "none"]);

/** What the patients counted so far say of one variable, however often they were looked at. */
const sequentialVariableSchema = z.strictObject({
  name: z.string(),
  group: driftGroupSchema,
  /** Counted patients with a known value. */
  patients: countSchema,
  /** How many times a stake against "no drift" has grown at its best: over 20 is rare, once in all time. */
  evidence: z.number().min(1),
  pValue: shareSchema,
  qValue: shareSchema,
  /** Shift in standard deviations of the reference that so many patients would have shown with a chance of 80 %. */
  detectable: z.number().nullable(),
  state: alarmSchema,
});

const sequentialGroupSchema = z.strictObject({
  name: driftGroupSchema,
  pValue: shareSchema,
  qValue: shareSchema,
  state: alarmSchema,
});

/** Alarms that hold at every look: the chance of any, ever, is at most `level` where nothing drifts. */
const sequentialReportSchema = z.strictObject({
  level: shareSchema,
  looks: countSchema,
  /** Counted over all looks, and for the first time at this one. */
  patients: countSchema,
  counted: countSchema,
  groups: z.array(sequentialGroupSchema).readonly(),
  variables: z.array(sequentialVariableSchema).readonly(),
});

/** Why a check is not stable; `what` for people. */
const driftReasonSchema = z.strictObject({
  code: z.enum(["alarm", "difference", "signs", "cannot-tell", "too-few-patients", "not-compared"]),
  what: z.string(),
});

/** The answer of a drift check: one state, why, and what to do next. */
export const driftCheckSchema = z.strictObject({
  format: z.literal("osteon-drift-check/1"),
  question: z.enum(["input", "output"]),
  state: z.enum(["stable", "watch", "drift"]),
  reasons: z.array(driftReasonSchema).readonly(),
  next: z.array(z.string()).readonly(),
  reference: z.strictObject({ patients: countSchema, digest: z.string() }),
  /** Of the extract: read; not compared since they are the reference's own, or incomplete; compared. */
  patients: z.strictObject({
    read: countSchema,
    known: countSchema,
    incomplete: countSchema,
    compared: countSchema,
  }),
  /** All compared patients against the reference, as if looked at once; null where they are too few. */
  comparison: driftReportSchema.nullable(),
  /** Null where no state is kept. */
  sequential: sequentialReportSchema.nullable(),
  /** What cannot be said, and why. */
  notes: z.array(z.string()).readonly(),
});

export type DriftState = z.infer<typeof driftStateSchema>;
export type ShiftUnit = z.infer<typeof shiftUnitSchema>;
export type DriftStatistic = z.infer<typeof driftStatisticSchema>;
export type VariableDrift = z.infer<typeof variableDriftSchema>;
export type GroupDrift = z.infer<typeof groupDriftSchema>;
export type DriftReport = z.infer<typeof driftReportSchema>;
export type SequentialVariable = z.infer<typeof sequentialVariableSchema>;
export type SequentialReport = z.infer<typeof sequentialReportSchema>;
export type DriftReason = z.infer<typeof driftReasonSchema>;
export type DriftCheck = z.infer<typeof driftCheckSchema>;
