import type { ServiceLimits } from "@osteon/contracts";
import { SlidingQuota, type MonotonicClock } from "./sliding-quota.ts";

/** The quotas of a service; one that is undefined does not limit. */
export interface Quotas {
  /** A request for more patients needs the scope `generate:bulk`. */
  readonly bulkAbove: number;
  /** Requests of a principal. */
  readonly requests: SlidingQuota | undefined;
  /** Patients of a principal. */
  readonly patients: SlidingQuota | undefined;
  /** Patients of a profile for a principal. */
  readonly profile: SlidingQuota | undefined;
  /** Patients of a profile for all principals together. */
  readonly profileInAll: SlidingQuota | undefined;
  /** Refused tokens of an address. */
  readonly refusals: SlidingQuota | undefined;
}

const minute = 60;
const day = 86_400;

/*
 * Keys that are remembered. Principals are as many as there are tokens and people, addresses as many as an attacker
 * has networks, and there are fewer than 2,000 profiles, each perhaps for each principal. One takes at most about 1.5 kB.
 */
const largestPrincipalCount = 10_000;
const largestProfileCount = 20_000;
const largestAddressCount = 10_000;

/** Quotas that nothing was asked of yet. */
export function createQuotas(limits: ServiceLimits, clock: MonotonicClock): Quotas {
  const quotaOf = (
    limit: number,
    name: string,
    unit: SlidingQuota["unit"],
    windowSeconds: number,
    largestKeyCount: number,
  ) => (limit === 0 ? undefined : new SlidingQuota({ name, unit, limit, windowSeconds, largestKeyCount, clock }));
  return {
    bulkAbove: limits.bulk_above,
    requests: quotaOf(limits.requests_per_minute, "requests", "requests", minute, largestPrincipalCount),
    patients: quotaOf(limits.patients_per_day, "patients", "patients", day, largestPrincipalCount),
    profile: quotaOf(limits.profile_patients_per_day, "profile", "patients", day, largestProfileCount),
    profileInAll: quotaOf(
      limits.profile_patients_per_day_in_all,
      "profile-in-all",
      "patients",
      day,
      largestProfileCount,
    ),
    refusals: quotaOf(limits.refusals_per_minute, "refusals", "requests", minute, largestAddressCount),
  };
}

/** What a service without limits has: its composition root answers for them. */
export const noQuotas: Quotas = {
  bulkAbove: Infinity,
  requests: undefined,
  patients: undefined,
  profile: undefined,
  profileInAll: undefined,
  refusals: undefined,
};
