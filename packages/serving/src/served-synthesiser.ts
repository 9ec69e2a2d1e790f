import type { Synthesiser } from "@osteon/generator";

/** A synthesiser in service, which another may take the place of while requests are under way. */
export interface ServedSynthesiser extends Synthesiser {
  /** Keeps it at work until the function returned is called, also after {@link retire}. */
  readonly hold: () => () => void;
  /** Frees what it holds once nobody holds it. What is asked of it later fails with `service.worker-lost`. */
  readonly retire: () => Promise<void>;
}
