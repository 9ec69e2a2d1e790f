import { randomUUID } from "node:crypto";
import { OsteonError } from "@osteon/errors";
import type { Channel } from "./channels/channel.ts";
import type { Notice } from "./notice.ts";

/** How a test of one channel ended; `failure` undefined where it took the notice. */
export interface ChannelTest {
  readonly channel: string;
  readonly kind: Channel["kind"];
  readonly failure: string | undefined;
}

/** Sends a notice of a test to every channel, side by side. */
export function testChannels(
  channels: readonly Channel[],
  instance: string,
  now: Date,
  signal: AbortSignal,
): Promise<readonly ChannelTest[]> {
  const at = now.toISOString();
  const statement = "This is a test: nothing is wrong.";
  return Promise.all(
    channels.map(async (channel) => {
      const about = { alert: "test", kind: "test", severity: "warning", instance, statement, since: at, at } as const;
      const notice: Notice = { id: randomUUID(), event: "test", ...about };
      const tried = { channel: channel.name, kind: channel.kind };
      try {
        await channel.send(notice, signal);
        return { ...tried, failure: undefined };
      } catch (error) {
        if (!(error instanceof OsteonError)) throw error;
        return { ...tried, failure: String(error.parameters["reason"]) };
      }
    }),
  );
}
