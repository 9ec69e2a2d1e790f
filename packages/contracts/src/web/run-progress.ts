import { z } from "zod";

/** Data of each event of `GET /runs/current/events`. */
export const runProgressSchema = z
  .strictObject({
    run: z.string().meta({ description: "Id of the run" }),
    steps: z.array(
      z.strictObject({
        name: z.string(),
        status: z.enum(["waiting", "running", "done", "failed", "interrupted"]),
        duration_ms: z.number().nullable(),
        error_code: z.string().nullable(),
      }),
    ),
    message: z.string().nullable().meta({ description: "What the running step is at" }),
    share: z.number().min(0).max(1).nullable().meta({ description: "Of the running step" }),
  })
  .meta({ id: "RunProgress" });

export type RunProgress = z.infer<typeof runProgressSchema>;
