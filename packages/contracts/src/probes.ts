import { z } from "zod";

/** Answer of `GET /health/live`. */
export const livenessSchema = z.strictObject({ status: z.literal("alive") }).meta({
  id: "Liveness",
  description: "The process answers",
  examples: [{ status: "alive" }],
});

/** Answer of `GET /health/ready`: 200 with "ready", 503 with "not-ready" and why. */
export const readinessSchema = z
  .strictObject({
    status: z.enum(["ready", "not-ready"]),
    reason: z
      .enum(["no-model", "draining"])
      .nullable()
      .meta({ description: "no-model: none is loaded; draining: the service is ending; null where it is ready" }),
  })
  .meta({
    id: "Readiness",
    description: "Whether requests should be sent here",
    examples: [{ status: "ready", reason: null }],
  });

export type Readiness = z.infer<typeof readinessSchema>;
