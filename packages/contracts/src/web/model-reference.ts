import { z } from "zod";

const share = z.number().min(0).max(1);

const survivalCurveSchema = z.strictObject({
  patients: z.int().min(0),
  deaths: z.int().min(0),
  times_days: z.array(z.number()).meta({ description: "A grid, not the patients' own times" }),
  survival: z.array(share),
  lower: z.array(share),
  upper: z.array(share),
});

const quantilesSchema = z
  .array(z.strictObject({ probability: share, value: z.number() }))
  .meta({ description: "Each a mean over several patients about it" });

/**
 * Answer of `GET /models/{version}/reference`: how the real cohort behind a model is distributed, as its evaluation
 * shows it. Sums over at least five patients; nothing of one of them.
 */
export const modelReferenceSchema = z
  .strictObject({
    patients: z.int().min(0),
    simulated_patients: z.boolean().meta({ description: "True where the 'real' cohort is the demonstration" }),
    survival: z.array(
      z.strictObject({ stratum: z.enum(["all", "metastatic", "localised"]), real: survivalCurveSchema.nullable() }),
    ),
    alterations: z.array(
      z.strictObject({
        gene: z.string(),
        alteration: z.enum(["mutated", "gained", "lost"]),
        real: share,
        lower: share,
        upper: share,
      }),
    ),
    pathways: z.array(z.strictObject({ name: z.string(), real: quantilesSchema })),
  })
  .meta({ id: "ModelReference" });

export type ModelReference = z.infer<typeof modelReferenceSchema>;
