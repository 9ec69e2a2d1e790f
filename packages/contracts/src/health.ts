import { z } from "zod";

/** Answer of `GET /health`: 200 with "healthy" where a model is loaded, 503 with "unavailable" where none is. */
export const healthSchema = z
  .strictObject({
    status: z.enum(["healthy", "unavailable"]),
    model_loaded: z.boolean(),
    model_version: z.string().nullable().meta({ description: "Digest of the loaded model; null where none is" }),
  })
  .meta({
    id: "Health",
    description: "Whether the service can generate",
    examples: [{ status: "healthy", model_loaded: true, model_version: "9f2c4be101a3d7e5" }],
  });

export type Health = z.infer<typeof healthSchema>;
