import { problemMediaType, problemSchema } from "@osteon/contracts";

/** Documents the error answers of a route: one problem document for each of these statuses. */
export function problemResponses<const S extends number>(statuses: Readonly<Record<S, string>>) {
  return Object.fromEntries(
    Object.entries(statuses).map(([status, description]) => [
      status,
      { description, content: { [problemMediaType]: { schema: problemSchema } } },
    ]),
  );
}
