import { z } from "zod";
import { noticeSchema, type Notice } from "./notice.ts";

/** A notice on its way to a channel. */
export const deliverySchema = z.strictObject({
  channel: z.string().max(40),
  notice: noticeSchema,
  attempts: z.int().min(0),
  /** ms since 1970. */
  nextAt: z.number(),
});

export type Delivery = z.infer<typeof deliverySchema>;

const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;
/** Over some five hours. */
const mostAttempts = 12;

/**
 * Adds a notice to those on their way. One that is newer takes the place of one of the same alert that its channel has
 * not taken: it tells how things stand, and what waits is never more than the alerts times the channels.
 */
export function enqueue(
  waiting: readonly Delivery[],
  channel: string,
  notice: Notice,
  now: number,
): readonly Delivery[] {
  const others = waiting.filter((delivery) => delivery.channel !== channel || delivery.notice.alert !== notice.alert);
  return [...others, { channel, notice, attempts: 0, nextAt: now }];
}

/** What becomes of a delivery that failed; undefined where it is given up. */
export function afterFailure(delivery: Delivery, now: number): Delivery | undefined {
  const attempts = delivery.attempts + 1;
  if (attempts >= mostAttempts) return undefined;
  return { ...delivery, attempts, nextAt: now + Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1)) };
}

/** A clock that went back must not hold a delivery up. */
export function isDue({ nextAt }: Delivery, now: number): boolean {
  return nextAt <= now || nextAt > now + longestPauseMs;
}
