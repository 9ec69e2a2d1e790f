import type { Notice } from "../notice.ts";

/** Where notices go. */
export interface Channel {
  readonly name: string;
  readonly kind: "webhook" | "email";
  /**
   * Delivers one notice, or ends within some seconds.
   *
   * @throws `monitoring.channel` with a code or status as its reason, never with what the other side said
   */
  send(notice: Notice, signal: AbortSignal): Promise<void>;
}

/** How long one attempt may take. */
export const attemptMs = 10_000;
