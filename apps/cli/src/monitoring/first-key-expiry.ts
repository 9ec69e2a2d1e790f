import { stateOfKey, type KeyStore } from "@osteon/service";

/** When the first of the API keys that may be used ends; null where there are none. */
export async function readFirstKeyExpiry(store: KeyStore, now = new Date()): Promise<Date | null> {
  const { records } = await store.read();
  const ends = records
    .filter((record) => stateOfKey(record, now) === "active")
    .map(({ expires_at }) => Date.parse(expires_at));
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
