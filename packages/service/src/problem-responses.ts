import { problemMediaType, problemSchema } from "@osteon/contracts";
import type { OsteonError } from "@osteon/errors";
import { problemOf } from "./problem.ts";

/** How a refusal is described: in words, and with the errors that are answered so as examples. */
type DescribedRefusal = string | { readonly description: string; readonly examples: readonly OsteonError[] };

const exampleId = "6f1c7a52-0f0b-4c57-9a7e-2f6f6f0f6a51";

/** Documents the error answers of a route: one problem document for each of these statuses. */
export function problemResponses<const S extends number>(statuses: Readonly<Record<S, DescribedRefusal>>) {
  return Object.fromEntries(
    Object.entries<DescribedRefusal>(statuses).map(([status, refusal]) => {
      const { description, examples } = typeof refusal === "string" ? { description: refusal, examples: [] } : refusal;
      const named = Object.fromEntries(examples.map((error) => [error.code, { value: problemOf(error, exampleId) }]));
      const content = { schema: problemSchema, ...(examples.length > 0 && { examples: named }) };
      return [status, { description, content: { [problemMediaType]: content } }];
    }),
  );
}
