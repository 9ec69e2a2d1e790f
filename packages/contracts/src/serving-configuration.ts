import { z } from "zod";

/** Keys of the group `service` that say how much it takes on and how it ends. */
export const servingKeys = {
  workers: z.int().min(0).max(256).optional().meta({ unit: "threads" }),
  load: z
    .strictObject({
      requests_under_way: z.int().min(1).max(10_000).default(256).meta({ unit: "requests" }),
      patients_under_way: z.int().min(2_000).max(1_000_000).default(4_000).meta({ unit: "patients" }),
      event_loop_delay_ms: z.int().min(10).max(60_000).default(1_000).meta({ unit: "ms" }),
      answer_timeout_ms: z.int().min(1_000).max(86_400_000).default(600_000).meta({ unit: "ms" }),
    })
    .prefault({}),
  drain_notice_ms: z.int().min(0).max(600_000).default(0).meta({ unit: "ms" }),
  drain_timeout_ms: z.int().min(0).max(3_600_000).default(30_000).meta({ unit: "ms" }),
};

/** How much a service takes on and how it ends. */
export type ServingConfiguration = z.infer<z.ZodObject<typeof servingKeys>>;
