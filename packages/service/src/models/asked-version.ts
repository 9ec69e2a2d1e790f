import { osteonError } from "@osteon/errors";
import type { FastifyRequest } from "fastify";

/** A route of one version. */
export interface OfVersion {
  readonly Params: { readonly version: string };
}

/**
 * The version in a request's address. What has not the form of one goes no further, as stores make names of files of it.
 *
 * @throws `service.model-unknown`
 */
export function askedVersion({ params }: Pick<FastifyRequest<OfVersion>, "params">): string {
  if (!/^[0-9a-f]{16}$/.test(params.version)) throw osteonError("service.model-unknown", {});
  return params.version;
}
