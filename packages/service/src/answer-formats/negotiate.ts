import { osteonError } from "@osteon/errors";
import Negotiator from "negotiator";

/**
 * Chooses what an Accept header (RFC 9110, section 12.5.1) likes best; where it likes several alike, the first of
 * the offered ones.
 *
 * @param accept the header; without one, or with an empty one, anything is accepted
 * @param offered media types by name, the usual one first
 * @throws `service.not-acceptable` naming what is offered
 * @example negotiate("text/csv;q=0.9, *\/*;q=0.1", { json: "application/json", csv: "text/csv" }) // "csv"
 */
export function negotiate<K extends string>(accept: string | undefined, offered: Readonly<Record<K, string>>): K {
  const names = Object.keys(offered) as K[];
  // Some clients name the character set, by which a plain media type would not be meant any more.
  const nameOf = new Map(
    names.flatMap((name) => [offered[name], `${offered[name]};charset=utf-8`].map((m) => [m, name])),
  );
  const header = accept?.trim() ? accept : undefined;
  const [best] = new Negotiator({ headers: { accept: header } }).mediaTypes([...nameOf.keys()]);
  const chosen = best === undefined ? undefined : nameOf.get(best);
  if (chosen === undefined) {
    throw osteonError("service.not-acceptable", { offered: Object.values<string>(offered).join(", ") });
  }
  return chosen;
}
