import { scopeSchema } from "@osteon/contracts";
import { z } from "zod";

/** One line: no control characters, which a terminal would act on. */
const lineSchema = (longest: number) => z.string().regex(new RegExp(`^[^\\p{C}]{1,${longest}}$`, "u"));

export const keyNameSchema = lineSchema(100);
export const keyCreatorSchema = lineSchema(200);

/** What is kept of an API key. The key itself is not: only the SHA-256 of all of it. */
export const keyRecordSchema = z.strictObject({
  format_version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{12}$/),
  /** What it is for, in its creator's words. */
  name: keyNameSchema,
  scopes: z.array(scopeSchema).min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  created_at: z.iso.datetime(),
  created_by: keyCreatorSchema,
  expires_at: z.iso.datetime(),
  /** Null while it may be used. */
  revoked_at: z.iso.datetime().nullable(),
  revoked_by: keyCreatorSchema.nullable(),
});

export type KeyRecord = Readonly<z.infer<typeof keyRecordSchema>>;

export type KeyState = "active" | "expired" | "revoked";

/** What a key is good for at a moment. */
export function stateOfKey({ revoked_at, expires_at }: KeyRecord, now: Date): KeyState {
  if (revoked_at !== null) return "revoked";
  return Date.parse(expires_at) <= now.getTime() ? "expired" : "active";
}
