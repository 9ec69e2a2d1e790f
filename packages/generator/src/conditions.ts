import type { Profile } from "@osteon/contracts";

/** Values given for a patient's clinical variables; absent ones are drawn. */
export interface Conditions {
  /** Days from diagnosis. With `event` 1 the day of death; with `event` 0 the patient lives past it. */
  readonly survivalTimeDays?: number;
  readonly event?: 0 | 1;
  readonly ageYears?: number;
  readonly metastasis?: 0 | 1;
}

export type ProfileField = keyof Profile;

/** What the border calls each condition. */
export const profileFields: Readonly<Record<keyof Conditions, ProfileField>> = {
  survivalTimeDays: "survival_time",
  event: "event_occurred",
  ageYears: "age",
  metastasis: "metastasis",
};

/** A profile of the border in the words of the generator. */
export function conditionsOfProfile(profile: Profile): Conditions {
  return {
    ...(profile.survival_time !== undefined && { survivalTimeDays: profile.survival_time }),
    ...(profile.event_occurred !== undefined && { event: profile.event_occurred }),
    ...(profile.age !== undefined && { ageYears: profile.age }),
    ...(profile.metastasis !== undefined && { metastasis: profile.metastasis }),
  };
}
