import { scopeSchema, type Scope } from "@osteon/contracts";
import type { JWTPayload } from "jose";

/** Which claim says what a token may be used for, and in whose words. */
export interface ScopeRules {
  /** Name of a claim, or its path in groups joined by dots, such as `realm_access.roles`; by default `scope` and `scp`. */
  readonly claim?: string | undefined;
  /** What each word of the claim lets do; where it is left out, the words are the scopes' own names. */
  readonly scopes?: Readonly<Record<string, readonly Scope[]>> | undefined;
}

/** The scopes of a token. A word that means nothing here is passed over. */
export function scopesOfClaims(payload: JWTPayload, { claim, scopes }: ScopeRules): readonly Scope[] {
  const words =
    claim === undefined
      ? [...wordsOf(payload["scope"]), ...wordsOf(payload["scp"])]
      : wordsOf(Object.hasOwn(payload, claim) ? payload[claim] : claimAt(payload, claim.split(".")));
  const meant = words.flatMap((word) => {
    if (scopes !== undefined) return Object.hasOwn(scopes, word) ? scopes[word]! : [];
    const parsed = scopeSchema.safeParse(word);
    return parsed.success ? [parsed.data] : [];
  });
  return [...new Set(meant)];
}

/** A list, or one text with spaces between words, as RFC 8693 has it. */
function wordsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return value.split(" ").filter((word) => word !== "");
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
}

function claimAt(value: unknown, [name, ...deeper]: readonly string[]): unknown {
  if (name === undefined) return value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return claimAt((value as Record<string, unknown>)[name], deeper);
}
