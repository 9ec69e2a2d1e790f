import { sessionSchema, type Scope, type ServicePart, type Session } from "@osteon/contracts";
import { queryOptions } from "@tanstack/react-query";
import { askAgainEvery } from "./ask-again.ts";
import { ask, send } from "./ask.ts";

/** Who is signed in; asked again now and then, as a session ends by itself. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => ask("/session", sessionSchema, { signal }),
  refetchInterval: askAgainEvery(300_000),
});

/** Signs in. The token goes into one header and is not kept. */
export function signIn(token: string): Promise<Session> {
  return ask("/session", sessionSchema, { method: "POST", headers: { authorization: `Bearer ${token}` } });
}

export async function signOut(): Promise<void> {
  await send("/session", { method: "DELETE" });
}

/** Who may do all may do each, and who may ask for many may ask for few. */
export function hasScope({ scopes }: Session, scope: Scope): boolean {
  const wider: readonly Scope[] = scope === "generate" ? ["admin", "generate:bulk"] : ["admin"];
  return scopes.some((own) => own === scope || wider.includes(own));
}

export function hasPart({ parts }: Session, part: ServicePart): boolean {
  return parts.includes(part);
}
