import { z } from "zod";

const countsSchema = z.array(z.int().min(0)).min(2).readonly();

const monitoredVariableSchema = z.strictObject({
  /** Patients counted in each block of the reference. */
  counts: countsSchema,
  /** The counts as they were when each later window began; the first began with none. */
  windows: z.array(countsSchema).readonly(),
  /** Natural logarithm of the highest wealth at any look so far. */
  highest: z.number().min(0),
});

/**
 * What a sequential test has to remember from one look to the next: counts, the highest evidence so far, and by
 * hashes of their pseudonyms which patients it has counted.
 */
export const driftMonitorSchema = z.strictObject({
  format: z.literal("osteon-drift-monitor/1"),
  /** Digest of the reference: counts over other blocks mean nothing. */
  reference: z.string().regex(/^[0-9a-f]{64}$/),
  looks: z.int().min(0),
  /** SHA-256 of digest and pseudonym, 32 hexadecimal digits of it, ascending. */
  patients: z.array(z.string().regex(/^[0-9a-f]{32}$/)).readonly(),
  variables: z.record(z.string(), monitoredVariableSchema),
});

export type MonitoredVariable = z.infer<typeof monitoredVariableSchema>;
export type DriftMonitor = z.infer<typeof driftMonitorSchema>;
