import { ServiceFault } from "./ask.ts";

const whileAwayMs = 5_000;

/** How often something is asked for again: soon while the service is away, so that a page comes back by itself. */
export function askAgainEvery(ms: number | false) {
  return ({ state }: { readonly state: { readonly error: unknown } }): number | false =>
    state.error instanceof ServiceFault && state.error.kind === "away" ? whileAwayMs : ms;
}
