import { binConditions, type ConditionBins, type ProfileKey } from "@osteon/audit";
import type { Profile } from "@osteon/contracts";

/** What the trail tells of a profile and a seed. */
export function describeAsked(
  profile: Profile,
  seed: number,
  key: ProfileKey,
): { readonly conditions: ConditionBins; readonly profileDigest: string; readonly seedDigest: string } {
  return {
    conditions: binConditions(profile),
    profileDigest: key.digestProfile(profile),
    seedDigest: key.digestSeed(seed),
  };
}
