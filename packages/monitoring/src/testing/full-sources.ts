import type { MonitoringSources } from "../sources/monitoring-sources.ts";

const at = new Date("2026-01-02T03:04:05Z");

/** Every source there is, each with something to tell. */
export const fullSources: Required<MonitoringSources> = {
  model: () => ({
    modelVersion: "9f2c4be101a3d7e5",
    family: "factor-copula",
    trainedOnSimulatedPatients: true,
    calibratedScore: { value: 0.85, lower: 0.77, upper: 0.93 },
    gatePassed: true,
  }),
  modelRefusal: () => null,
  queueDepth: () => 3,
  cacheHits: () => 20,
  cacheMisses: () => 7,
  drift: () => ({ state: "watch", measuredAt: at }),
  lastBackup: () => at,
  certificateExpiry: () => at,
  firstKeyExpiry: () => at,
  keysInUseSince: () => ({ identity: at, signing: at, pseudonym: at }),
  auditChain: () => ({ intact: true, checkedAt: at }),
  diskSpace: () => ({ freeBytes: 5_000, sizeBytes: 20_000 }),
};
