import type { FastifySchema } from "fastify";

interface DescribedResponse {
  readonly headers?: object;
  readonly content?: Readonly<Record<string, { readonly example?: unknown; readonly examples?: unknown }>>;
}

interface TransformedResponse {
  headers?: object;
  content?: Record<string, object>;
}

/**
 * Puts back what the translation from zod leaves out of a route's responses: their headers, and the examples of each
 * media type.
 *
 * @param transformed the route as translated, which is written to
 * @param schema of the route, as it was declared
 */
export function keepResponseParts<T extends { readonly schema: unknown }>(transformed: T, schema: FastifySchema): T {
  const responses = (transformed.schema as { readonly response?: Record<string, TransformedResponse> }).response ?? {};
  for (const [status, declared] of Object.entries((schema?.response ?? {}) as Record<string, DescribedResponse>)) {
    const response = responses[status];
    if (response?.content === undefined) continue;
    if (declared.headers !== undefined) response.headers = declared.headers;
    for (const [mediaType, { example, examples }] of Object.entries(declared.content ?? {})) {
      response.content[mediaType] = {
        ...response.content[mediaType],
        ...(example !== undefined && { example }),
        ...(examples !== undefined && { examples }),
      };
    }
  }
  return transformed;
}
