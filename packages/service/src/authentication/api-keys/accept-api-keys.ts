import { timingSafeEqual } from "node:crypto";
import type { Authenticator } from "../authenticator.ts";
import { digestToken } from "../bearer-token.ts";
import { idOfApiKey } from "./api-key.ts";
import { stateOfKey, type KeyRecord } from "./key-record.ts";

/** Compared with where there is no such key, so that the time taken does not tell which ids there are. */
const nobodysHash = "0".repeat(64);

/**
 * Accepts API keys.
 *
 * @param current the keys that are known now, by id; asked anew for every token
 * @param now the time by which keys expire
 */
export function acceptApiKeys(
  current: () => ReadonlyMap<string, KeyRecord>,
  now: () => Date = () => new Date(),
): Authenticator {
  return {
    authenticate: (token) => {
      const id = idOfApiKey(token);
      if (id === undefined) return "malformed";
      const record = current().get(id);
      const digest = digestToken(token);
      const matches = timingSafeEqual(digest, Buffer.from(record?.hash ?? nobodysHash, "hex"));
      if (record === undefined || !matches) return "unknown";
      const state = stateOfKey(record, now());
      return state === "active" ? { id: `key-${id}`, scopes: record.scopes } : state;
    },
  };
}
