import type { ModelOnAir } from "./model-on-air.ts";

type Reading<T> = T | undefined | Promise<T | undefined>;

export const driftStates = ["stable", "watch", "drift"] as const;
export const keyUses = ["identity", "signing", "pseudonym"] as const;

/**
 * Where the facts come from that others than the service's own requests tell: each may be left out, and each may
 * give undefined where it does not know. They are asked at every scrape and every look of the alerts, so they have
 * to be quick; what throws counts as not known.
 */
export interface MonitoringSources {
  /** Null while nothing is on air. */
  model?(): Reading<ModelOnAir | null>;
  /** Code of the catalogue for which what ought to be on air is not; null where it is. */
  modelRefusal?(): Reading<string | null>;
  /** Requests that wait for their turn. */
  queueDepth?(): Reading<number>;
  /** Answers since the start that came from the cache, and those that did not. */
  cacheHits?(): Reading<number>;
  cacheMisses?(): Reading<number>;
  /** Of the last drift checks: the worse state where patients and the model's output are compared. */
  drift?(): Reading<{ readonly state: (typeof driftStates)[number]; readonly measuredAt: Date }>;
  /** When the last backup that is whole was made; null where none was ever. */
  lastBackup?(): Reading<Date | null>;
  /** When the certificate of the service ends. */
  certificateExpiry?(): Reading<Date>;
  /** When the first of the access keys that are in use ends; null where none does. */
  firstKeyExpiry?(): Reading<Date | null>;
  /** Since when keys are in use, by what they are for. */
  keysInUseSince?(): Reading<Readonly<Partial<Record<(typeof keyUses)[number], Date>>>>;
  /** Of the last check of the audit trail. */
  auditChain?(): Reading<{ readonly intact: boolean; readonly checkedAt: Date }>;
  /** Of the disk with the service's data. */
  diskSpace?(): Reading<{ readonly freeBytes: number; readonly sizeBytes: number }>;
}

export type SourceName = keyof MonitoringSources;

/** What a source gives. */
export type SourceReadings = {
  readonly [Name in SourceName]?: Awaited<ReturnType<NonNullable<MonitoringSources[Name]>>>;
};

/** One reading of all sources. */
export interface ReadSources {
  readonly readings: SourceReadings;
  /** Those that are there, and whether each could be read. */
  readonly health: ReadonlyMap<SourceName, boolean>;
}

/** Asks every source once, side by side; one that throws or rejects keeps none of the others back. */
export async function readSources(sources: MonitoringSources): Promise<ReadSources> {
  const health = new Map<SourceName, boolean>();
  const names = (Object.keys(sources) as SourceName[]).filter((name) => sources[name] !== undefined);
  const entries = await Promise.all(
    names.map(async (name) => {
      try {
        const value = await sources[name]!();
        health.set(name, true);
        return [name, value] as const;
      } catch {
        health.set(name, false);
        return [name, undefined] as const;
      }
    }),
  );
  return { readings: Object.fromEntries(entries) as SourceReadings, health };
}
