import { z } from "zod";
import { askForPublicHalf, keyCommandSchema, refuseTwoKeys } from "./key-configuration.ts";

/** The log of the service: what operators need, nothing of what was asked. */
export const loggingConfigurationSchema = z.strictObject({
  path: z.string().min(1).optional(),
  level: z.enum(["debug", "info", "warn", "error"]).default("info"),
  max_bytes: z.int().min(10_000).max(10_000_000_000).default(10_000_000).meta({ unit: "bytes" }),
  files: z.int().min(2).max(100).default(5),
});

/** The audit trail: who did what, kept for years. */
export const auditConfigurationSchema = z
  .strictObject({
    directory: z.string().min(1).optional(),
    required: z.boolean().default(true),
    // 45 CFR 164.316(b)(2)(i) asks for six.
    retention_years: z.int().min(6).max(100).default(6).meta({ unit: "years" }),
    signing_key_path: z.string().min(1).optional(),
    signing_key_command: keyCommandSchema.optional(),
    profile_key_path: z.string().min(1).optional(),
    trusted_keys: z.array(z.string().min(1)).default([]),
  })
  .superRefine(refuseTwoKeys("signing_key_path", "signing_key_command"))
  .superRefine(askForPublicHalf);
