import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, quietState, type AlertState, type NoticeEvent } from "./alert-state.ts";

const timing = { holdMs: 300, reminderMs: 1_000 };
const statement = "something";

/** Looks every 100 ms: 1 so, 0 not so, ? not known. @returns what was told at which look */
function tell(
  looks: string,
  from: AlertState = quietState("drift", 0),
  firstAt = 0,
): { told: string[]; state: AlertState } {
  const told: string[] = [];
  let state = from;
  for (const [i, look] of looks.split("").entries()) {
    const holds = look === "?" ? undefined : look === "1";
    const { state: next, event } = advance(state, { holds, statement }, timing, firstAt + i * 100);
    state = next;
    if (event) told.push(`${event}@${i}`);
  }
  return { told, state };
}

describe("an alert", () => {
  it("begins after it has been so for as long as was asked", () => {
    expect(tell("0011111").told).toEqual(["firing@5"]);
    expect(tell("0110110").told).toEqual([]);
  });

  it("is over after it has not been so for as long", () => {
    expect(tell("111100001").told).toEqual(["firing@3", "resolved@7"]);
    expect(tell("111100111").told).toEqual(["firing@3"]);
  });

  it("is told again after the time for reminders, and not before", () => {
    expect(tell("1".repeat(25)).told).toEqual(["firing@3", "reminder@13", "reminder@23"]);
  });

  it("neither begins nor ends by facts that do not tell", () => {
    expect(tell("1111????????").told).toEqual(["firing@3"]);
    expect(tell("????????").told).toEqual([]);
    expect(tell("11??1").told).toEqual(["firing@4"]);
    expect(tell("1111??").state.known).toBe(false);
  });

  it("goes on over a restart where it was", () => {
    const before = tell("1111").state;
    expect(tell("11", before, 400).told).toEqual([]);
    expect(tell("0000", before, 400).told).toEqual(["resolved@3"]);
    expect(tell("1", tell("11").state, 10_000).told).toEqual(["firing@0"]);
  });

  it("survives a clock that goes back", () => {
    const firing = tell("1111", undefined, 1_000_000).state;
    expect(tell("0000", firing, 5_000).told).toEqual(["resolved@3"]);
    expect(tell("1".repeat(12), firing, 5_000).told).toEqual(["reminder@10"]);
  });

  it("tells firing and resolved in turn, with reminders between alone, whatever happens", () => {
    const looks = fc.array(fc.record({ holds: fc.constantFrom(true, false, undefined), at: fc.nat(5_000) }));
    fc.assert(
      fc.property(looks, (given) => {
        let state = quietState("drift", 0);
        let firing = false;
        for (const { holds, at } of given) {
          const next = advance(state, { holds, statement }, timing, at);
          state = next.state;
          const allowed: readonly (NoticeEvent | undefined)[] = firing
            ? ["reminder", "resolved", undefined]
            : ["firing", undefined];
          expect(allowed).toContain(next.event);
          if (next.event === "firing") firing = true;
          if (next.event === "resolved") firing = false;
          expect(state.phase === "firing").toBe(firing);
        }
      }),
    );
  });

  it("without a time to hold begins and ends at once", () => {
    const at = { holdMs: 0, reminderMs: 1_000 };
    const first = advance(quietState("drift", 0), { holds: true, statement }, at, 5);
    expect(first).toMatchObject({ event: "firing", state: { since: 5 } });
    expect(advance(first.state, { holds: false, statement }, at, 5).event).toBe("resolved");
  });
});
