import { estimandGroups, type EffectiveSampleSize } from "@osteon/evaluation";
import { osteonError } from "@osteon/errors";
import type { OpenedPackage } from "@osteon/registry";
import { z } from "zod";

/** What patients of a model are worth to an analyst. */
export interface ModelWorth {
  readonly trainingPatients: number;
  /** Null where it was not estimated. */
  readonly effectiveSampleSize: EffectiveSampleSize | null;
}

/** Name of the package's record. */
export const effectiveSampleSizeRecord = "effective_sample_size";

const patientsSchema = z.number().positive().nullable();
const effectiveSampleSizeSchema = z.object({
  trainingPatients: z.int().min(1),
  refits: z.int().min(0),
  effectivePatients: patientsSchema,
  groups: z.array(
    z.object({
      group: z.enum(Object.keys(estimandGroups) as (keyof typeof estimandGroups)[]),
      title: z.string(),
      estimands: z.int().min(0),
      effectivePatients: patientsSchema,
      lower: patientsSchema,
      upper: patientsSchema,
    }),
  ),
}) satisfies z.ZodType<EffectiveSampleSize>;

/** Reads what a package says of its model's worth. Throws `pipeline.package-content`. */
export function worthOfModel({ manifest, records }: OpenedPackage): ModelWorth {
  const record = records[effectiveSampleSizeRecord];
  const parsed = effectiveSampleSizeSchema.optional().safeParse(record);
  if (!parsed.success) throw osteonError("pipeline.package-content", { what: "an unreadable effective sample size" });
  return { trainingPatients: manifest.training.patients, effectiveSampleSize: parsed.data ?? null };
}
