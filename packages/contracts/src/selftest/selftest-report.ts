import { z } from "zod";

/** Every check of `osteon selftest`, in the order in which they are made and shown. */
export const selftestCheckNames = [
  "health",
  "transport",
  "certificate",
  "access",
  "latency",
  "model",
  "version",
  "release-gate",
  "output",
  "drift",
  "backup",
  "audit",
  "key-files",
  "disk-space",
] as const;

const figureSchema = z.strictObject({
  name: z.string(),
  value: z.number(),
  /** Empty for a number without one. */
  unit: z.string(),
  /** What the figure is held against; null where it is told alone. */
  limit: z.strictObject({ kind: z.enum(["at most", "at least"]), value: z.number() }).nullable(),
});

const selftestCheckSchema = z.strictObject({
  name: z.enum(selftestCheckNames),
  title: z.string(),
  /** Whose failing it would be: of what protects, of what has to answer, or of how good the model is. */
  kind: z.enum(["security", "availability", "quality"]),
  state: z.enum(["passed", "failed", "not checked"]),
  figures: z.array(figureSchema).readonly(),
  /** What was found; of a check that was not made, why. */
  finding: z.string(),
  /** What to do; null where nothing has to be done. */
  next: z.string().nullable(),
  durationMs: z.number().min(0),
});

/** What `osteon selftest --json` prints. */
export const selftestReportSchema = z.strictObject({
  format: z.literal("osteon-selftest/1"),
  startedAt: z.iso.datetime(),
  durationMs: z.number().min(0),
  osteonVersion: z.string(),
  /** Address of the service; null where none was tested. */
  service: z.string().nullable(),
  /** Directory of the registry; null where no files were looked at. */
  registry: z.string().nullable(),
  /** `passed` where nothing failed, also where something was not checked. */
  state: z.enum(["passed", "failed"]),
  checks: z.array(selftestCheckSchema).readonly(),
});

export type SelftestReport = z.infer<typeof selftestReportSchema>;
export type SelftestCheckReport = z.infer<typeof selftestCheckSchema>;
export type SelftestCheckName = (typeof selftestCheckNames)[number];
export type SelftestFigure = z.infer<typeof figureSchema>;
