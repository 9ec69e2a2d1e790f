import type { Deed } from "../trail/audit-log.ts";

/** What was refused: for want of a good token, or of room in a limit. */
type CountedAction = "authentication.refused" | "requests.limited";

/** Most kinds that are told apart between two entries; the rest is counted as of nobody. */
const mostKinds = 500;
const nobody = "client:unknown";

interface Count {
  readonly action: CountedAction;
  readonly principal: string;
  readonly errorCode: string;
  count: number;
  from: string;
  to: string;
}

/** A count that is ready to be entered: a failure, so with its code. */
export interface CountedRefusals {
  readonly deed: Deed<CountedAction>;
  readonly errorCode: string;
}

/**
 * Counts refusals that a stranger can cause as many of as he likes, so that the trail has one entry a kind and minute
 * of them and no attack fills its disk.
 */
export class RefusalCounter {
  readonly #counts = new Map<string, Count>();
  readonly #now: () => Date;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  /** @param principal who was refused; undefined where that is not known */
  add(action: CountedAction, principal: string | undefined, errorCode: string): void {
    const at = this.#now().toISOString();
    this.#add({ action, principal: principal ?? nobody, errorCode, count: 1, from: at, to: at });
  }

  /** What was counted since the last call. */
  take(): readonly CountedRefusals[] {
    const taken = [...this.#counts.values()];
    this.#counts.clear();
    return taken.map(({ action, principal, ...detail }) => ({
      deed: { action, principal, detail },
      errorCode: detail.errorCode,
    }));
  }

  /** Counts again what was taken and could not be entered. */
  putBack({ deed: { action, principal, detail } }: CountedRefusals): void {
    this.#add({ action, principal, ...detail });
  }

  #add(more: Count): void {
    const isRoom = this.#counts.size < mostKinds;
    const keyOf = (principal: string): string => `${more.action} ${more.errorCode} ${principal}`;
    const principal = isRoom || this.#counts.has(keyOf(more.principal)) ? more.principal : nobody;
    const known = this.#counts.get(keyOf(principal));
    if (known === undefined) this.#counts.set(keyOf(principal), { ...more, principal });
    else {
      known.count += more.count;
      if (more.from < known.from) known.from = more.from;
      if (more.to > known.to) known.to = more.to;
    }
  }
}
