import { osteonError } from "@osteon/errors";

const dayMs = 24 * 60 * 60 * 1000;
/** A key that outlives the project it was made for is one that nobody looks after. */
const longestDays = 5 * 366;

/**
 * Reads `--expires`: days or years from now (`90d`, `2y` of 365 days each), or the first day on which the key is no
 * longer accepted, in UTC (`2027-01-31`).
 *
 * @throws `configuration.option` for what is neither, has passed, or is more than five years away
 */
export function parseExpiry(text: string, now: Date): Date {
  const expiresAt = readDuration(text, now) ?? readDate(text);
  const aheadMs = (expiresAt?.getTime() ?? Number.NaN) - now.getTime();
  if (expiresAt !== undefined && aheadMs > 0 && aheadMs <= longestDays * dayMs) return expiresAt;
  const allowed = "days (90d), years (1y) or a day to come (2027-01-31), within five years";
  throw osteonError("configuration.option", { option: "--expires", allowed, command: "keys create" });
}

function readDuration(text: string, now: Date): Date | undefined {
  const [, amount, unit] = /^(\d{1,4})([dy])$/.exec(text) ?? [];
  if (amount === undefined) return undefined;
  return new Date(now.getTime() + Number(amount) * (unit === "y" ? 365 : 1) * dayMs);
}

function readDate(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  // 30 February becomes another day.
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? undefined : date;
}
