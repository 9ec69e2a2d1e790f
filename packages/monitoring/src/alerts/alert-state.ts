import { z } from "zod";
import type { Verdict } from "./alert-facts.ts";

const instantSchema = z.number();

/** Where one rule stands. Times in ms since 1970. */
export const alertStateSchema = z.strictObject({
  kind: z.string().max(40),
  /** `pending`: so, but not yet for as long as the rule asks. */
  phase: z.enum(["quiet", "pending", "firing"]),
  /** Since when it is in this phase; of a firing one, since when it was pending. */
  since: instantSchema,
  /** Of a firing one: since when it has not been so any more. */
  clearSince: instantSchema.nullable(),
  /** When its last notice was made. */
  noticeAt: instantSchema.nullable(),
  /** Whether the facts told at the last look. */
  known: z.boolean(),
  statement: z.string().max(400),
});

export type AlertState = z.infer<typeof alertStateSchema>;

/** What is to be told when a rule is looked at. */
export type NoticeEvent = "firing" | "reminder" | "resolved";

export interface AlertTiming {
  /** How long it has to be so before it is told, and not so before it is over, ms. */
  readonly holdMs: number;
  readonly reminderMs: number;
}

export function quietState(kind: string, now: number): AlertState {
  return { kind, phase: "quiet", since: now, clearSince: null, noticeAt: null, known: false, statement: "" };
}

/**
 * One look at a rule. Facts that do not tell change nothing: an alert neither begins nor ends by them. A clock that
 * went back makes spans begin anew, never negative.
 */
export function advance(
  before: AlertState,
  { holds, statement }: Verdict,
  { holdMs, reminderMs }: AlertTiming,
  now: number,
): { readonly state: AlertState; readonly event?: NoticeEvent } {
  const state: AlertState = {
    ...before,
    since: Math.min(before.since, now),
    clearSince: before.clearSince === null ? null : Math.min(before.clearSince, now),
    noticeAt: before.noticeAt === null ? null : Math.min(before.noticeAt, now),
    known: holds !== undefined,
    statement,
  };
  if (holds === undefined) return { state };
  if (state.phase !== "firing") {
    if (!holds) return { state: state.phase === "quiet" ? state : { ...state, phase: "quiet", since: now } };
    const since = state.phase === "pending" ? state.since : now;
    if (now - since < holdMs) return { state: { ...state, phase: "pending", since } };
    return { state: { ...state, phase: "firing", since, clearSince: null, noticeAt: now }, event: "firing" };
  }
  if (holds) {
    const isDue = now - (state.noticeAt ?? 0) >= reminderMs;
    const held = { ...state, clearSince: null };
    return isDue ? { state: { ...held, noticeAt: now }, event: "reminder" } : { state: held };
  }
  const clearSince = state.clearSince ?? now;
  if (now - clearSince < holdMs) return { state: { ...state, clearSince } };
  return { state: { ...state, phase: "quiet", since: now, clearSince: null, noticeAt: null }, event: "resolved" };
}
