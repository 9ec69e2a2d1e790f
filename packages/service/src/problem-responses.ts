import { problemMediaType, problemSchema } from "@osteon/contracts";
import type { OsteonError } from "@osteon/errors";
import { problemOf } from "./problem.ts";

/** How a refusal is described: in words, and with the errors that are answered so as examples. */
type DescribedRefusal = string | { readonly description: string; readonly examples: readonly OsteonError[] };

/** How every route that asks who sends a request may refuse it; 403 also where it may come from another site. */
export const accessRefusals = {
  401: "Nobody is signed in, and no accepted token is sent",
  403: "Without the scope that this needs, or a browser's request that may come from another site",
  429: "Too many requests, or too many tokens that were refused; see Retry-After",
  500: "The service failed",
  503: "The access token cannot be checked now",
} as const;

/** How every route with a body may refuse it. */
export const bodyRefusals = {
  400: "The body is not well-formed JSON",
  413: "The body is too large",
  415: "The body is not declared as JSON",
} as const;

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
