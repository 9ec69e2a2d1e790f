import type { ServiceAnswer } from "./service-client.ts";

/** What is left of a limit, as `RateLimit` tells it. */
export interface RemainingAllowance {
  readonly name: string;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** Reads `"requests";r=2999;t=61, "patients";r=9950;t=89996` (draft-ietf-httpapi-ratelimit-headers-10). */
export function parseRateLimit(header: string | readonly string[] | undefined): readonly RemainingAllowance[] {
  const items = [header ?? []]
    .flat()
    .join(", ")
    .matchAll(/"([^"]*)"((?:;[a-z]+=[^;,]+)*)/g);
  return [...items].flatMap(([, name = "", parameters = ""]) => {
    const remaining = /;r=(\d+)/.exec(parameters)?.[1];
    const reset = /;t=(\d+)/.exec(parameters)?.[1];
    return remaining === undefined || reset === undefined
      ? []
      : [{ name, remaining: Number(remaining), resetSeconds: Number(reset) }];
  });
}

/** `Retry-After` in seconds, as a number or a date; undefined where there is none. */
export function retryAfterSeconds({ headers }: Pick<ServiceAnswer, "headers">, now = Date.now()): number | undefined {
  const text = headers["retry-after"];
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const until = Date.parse(text);
  return Number.isNaN(until) ? undefined : Math.max(0, (until - now) / 1_000);
}
