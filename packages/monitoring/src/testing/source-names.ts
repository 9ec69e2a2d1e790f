import type { SourceName } from "../sources/monitoring-sources.ts";

const order: Readonly<Record<SourceName, true>> = {
  model: true,
  modelRefusal: true,
  queueDepth: true,
  cacheHits: true,
  cacheMisses: true,
  drift: true,
  lastBackup: true,
  certificateExpiry: true,
  firstKeyExpiry: true,
  keysInUseSince: true,
  auditChain: true,
  diskSpace: true,
};

/** Every source that there may be. */
export const sourceNames = Object.keys(order) as readonly SourceName[];
