import { setTimeout as delay } from "node:timers/promises";
import { OsteonError } from "@osteon/errors";
import type { KeyRecord } from "./key-record.ts";
import type { KeyStore } from "./key-store.ts";

const pollMs = 1_000;

export interface FollowKeysOptions {
  readonly store: KeyStore;
  readonly signal: AbortSignal;
  /** Told once for each cause: keys could not be read, and those before go on; or a file is no key. */
  readonly onRefused: (errorCode: string) => void;
}

/** The keys as they lie in their store. */
export interface FollowedKeys {
  readonly current: () => ReadonlyMap<string, KeyRecord>;
}

/**
 * Reads the keys and goes on looking every second, so that a service takes up new and revoked ones without a restart.
 * Looking, and not being told: file systems of several machines tell nothing of each other's changes.
 *
 * @throws `access.keys-unreadable` at the first reading: a service does not start on keys that it cannot read
 */
export async function followKeys({ store, signal, onRefused }: FollowKeysOptions): Promise<FollowedKeys> {
  let keys: ReadonlyMap<string, KeyRecord> = new Map();
  let told: readonly string[] = [];
  const tell = (errors: readonly OsteonError[]): void => {
    const messages = errors.map(({ message }) => message);
    errors.filter(({ message }) => !told.includes(message)).forEach(({ code }) => onRefused(code));
    told = messages;
  };
  const takeUp = async (): Promise<void> => {
    const { records, faults } = await store.read();
    keys = new Map(records.map((record) => [record.id, record]));
    tell(faults);
  };
  await takeUp();
  void (async () => {
    while (!signal.aborted) {
      await delay(pollMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await takeUp();
      } catch (error) {
        if (error instanceof OsteonError) tell([error]);
        else onRefused("internal");
      }
    }
  })();
  return { current: () => keys };
}
