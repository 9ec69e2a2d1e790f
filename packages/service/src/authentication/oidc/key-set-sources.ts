import { readFile } from "node:fs/promises";
import { createRemoteJWKSet, type JSONWebKeySet } from "jose";
import type { KeySetSource } from "./key-set.ts";

const minuteMs = 60_000;
const fetchTimeoutMs = 5_000;

/**
 * Keys at an address. It is followed nowhere else, and given up after 5 seconds. The environment's proxy and
 * additional certificate authorities are Node's business (NODE_USE_ENV_PROXY, NODE_EXTRA_CA_CERTS).
 */
export function keySetAt(url: URL): KeySetSource {
  // When to fetch is decided by whoever follows it.
  const remote = createRemoteJWKSet(url, { timeoutDuration: fetchTimeoutMs, cacheMaxAge: Infinity });
  return {
    place: url.origin,
    freshMs: 10 * minuteMs,
    pauseMs: 30_000,
    fetch: async () => {
      await remote.reload();
      return remote.jwks()!;
    },
  };
}

/** Keys in a file, for sites whose service reaches no identity provider. A file that is replaced is taken up. */
export function keySetInFile(path: string): KeySetSource {
  return {
    place: path,
    freshMs: 10_000,
    pauseMs: 1_000,
    fetch: async () => JSON.parse(await readFile(path, "utf8")) as JSONWebKeySet,
  };
}
