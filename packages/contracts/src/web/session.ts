import { z } from "zod";
import { scopeSchema } from "../scopes.ts";

/**
 * Header that a request with a session cookie must carry where it changes something. A page of another site can make
 * a browser send the cookie, but cannot add a header without being let to.
 */
export const sessionRequestHeader = "x-osteon-request";

/** Parts of the service that a page can look at; a part that is not configured is not among them. */
export const servicePartSchema = z.enum(["models", "moves", "run", "drift", "usage", "audit"]);

/** Answer of `GET /session` and `POST /session`: who is signed in, and what they may do. */
export const sessionSchema = z
  .strictObject({
    principal: z.string().nullable().meta({ description: "Stable name of the access token's owner; null for nobody" }),
    scopes: z.array(scopeSchema),
    expires_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When the session ends at the latest; null for a request with a token of its own" }),
    parts: z.array(servicePartSchema).meta({ description: "What this service can be asked about" }),
  })
  .meta({
    id: "Session",
    examples: [
      { principal: "token-1", scopes: ["generate"], expires_at: "2026-01-01T20:00:00.000Z", parts: ["models"] },
    ],
  });

export type Session = z.infer<typeof sessionSchema>;
export type ServicePart = z.infer<typeof servicePartSchema>;
