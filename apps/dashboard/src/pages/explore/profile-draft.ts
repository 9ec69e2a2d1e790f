import {
  describeAllowedValues,
  generateRequestSchema,
  maximumPatientsPerRequest,
  profileSchema,
  type Profile,
} from "@osteon/contracts";

/** A profile as it is typed; empty: not asked for. */
export interface ProfileDraft {
  readonly survivalDays: string;
  readonly event: "any" | "died" | "alive";
  readonly ageYears: string;
  readonly metastasis: "any" | "yes" | "no";
  readonly count: string;
  /** Empty: one is drawn. */
  readonly seed: string;
}

export const emptyDraft: ProfileDraft = {
  survivalDays: "",
  event: "any",
  ageYears: "",
  metastasis: "any",
  count: "100",
  seed: "",
};

/** What the draft stands for, or by field what is wrong with it. */
export type DraftReading =
  | { readonly isValid: true; readonly profile: Profile; readonly count: number; readonly seed: number | undefined }
  | { readonly isValid: false; readonly faults: Readonly<Partial<Record<keyof ProfileDraft, string>>> };

/** Reads a draft by the contract of `POST /generate`, from which the messages take their ranges. */
export function readDraft(draft: ProfileDraft): DraftReading {
  const { survival_time: survivalTime, age } = profileSchema.shape;
  const { count, seed } = generateRequestSchema.shape;
  const read = {
    survivalDays: readNumber(draft.survivalDays, survivalTime),
    ageYears: readNumber(draft.ageYears, age),
    count: readNumber(draft.count, count),
    seed: readNumber(draft.seed, seed),
  };
  const faults = Object.fromEntries(
    Object.entries(read).flatMap(([field, { fault }]) => (fault === undefined ? [] : [[field, fault]])),
  );
  if (Object.keys(faults).length > 0) return { isValid: false, faults };
  const { survivalDays, ageYears } = read;
  return {
    isValid: true,
    profile: {
      ...(survivalDays.value !== undefined && { survival_time: survivalDays.value }),
      ...(draft.event !== "any" && { event_occurred: draft.event === "died" ? 1 : 0 }),
      ...(ageYears.value !== undefined && { age: ageYears.value }),
      ...(draft.metastasis !== "any" && { metastasis: draft.metastasis === "yes" ? 1 : 0 }),
    },
    count: Math.min(maximumPatientsPerRequest, read.count.value ?? 1),
    seed: read.seed.value,
  };
}

type NumberSchema = Parameters<typeof describeAllowedValues>[0] & {
  readonly safeParse: (value: unknown) => { readonly success: boolean };
};

function readNumber(text: string, schema: NumberSchema): { readonly value?: number; readonly fault?: string } {
  const trimmed = text.trim();
  if (trimmed === "") return {};
  // A decimal comma is what many keyboards offer.
  const value = Number(trimmed.replace(",", "."));
  return schema.safeParse(value).success ? { value } : { fault: `Must be ${describeAllowedValues(schema)}` };
}

/** A profile in words. */
export function describeProfile(profile: Profile): string {
  const { survival_time: days, event_occurred: event, age, metastasis } = profile;
  const parts = [
    event === undefined ? [] : [event === 1 ? "died" : "alive"],
    days === undefined ? [] : [`at ${days} days`],
    age === undefined ? [] : [`${age} years old`],
    metastasis === undefined ? [] : [metastasis === 1 ? "metastatic at diagnosis" : "localised at diagnosis"],
  ].flat();
  return parts.length === 0 ? "no conditions" : parts.join(", ");
}
