import type { Session } from "@osteon/contracts";
import { createContext, use, type ReactNode } from "react";

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Who is signed in, on any page. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error("A page is shown to nobody");
  return session;
}
