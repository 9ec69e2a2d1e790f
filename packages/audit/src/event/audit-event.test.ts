import { describe, expect, it } from "vitest";
import { everyEvent } from "../testing/every-event.ts";
import { auditActions, auditEventSchema } from "./audit-event.ts";
import { binConditions } from "./condition-bins.ts";

const canaries = [
  "TARGET-40-CANARY",
  "CANARY, Maria",
  "1999-12-31",
  "Bearer CANARY",
  "/home/CANARY/key.txt",
  "canary@example.org",
  "line\nbreak-canary",
  "AGE-SECRET-KEY-1CANARY",
];

describe("an audit event", () => {
  it("of each action is taken as it is declared", () => {
    expect(everyEvent.map(({ action }) => action)).toEqual(auditActions);
    for (const event of everyEvent) expect(auditEventSchema.parse(event)).toEqual(event);
  });

  it("takes no text in any field, but who did it and why", () => {
    const free = new Set(["by", "reason"]);
    let tried = 0;
    for (const event of everyEvent) {
      for (const name of [...Object.keys(event.detail), "patientId", "profile", "token"]) {
        if (free.has(name)) continue;
        for (const canary of canaries) {
          for (const value of [canary, [canary], { nested: canary }]) {
            const planted = { ...event, detail: { ...event.detail, [name]: value } };
            expect([event.action, name, value, auditEventSchema.safeParse(planted).success]).toEqual([
              event.action,
              name,
              value,
              false,
            ]);
            tried += 1;
          }
        }
      }
      for (const canary of canaries) {
        for (const name of ["principal", "operation", "errorCode", "outcome", "note"]) {
          expect(auditEventSchema.safeParse({ ...event, [name]: canary }).success).toBe(false);
        }
      }
    }
    expect(tried).toBeGreaterThan(1_000);
  });
});

describe("the bins of conditions", () => {
  it("are coarse, and tell only what was given", () => {
    expect(binConditions({})).toEqual({});
    expect(binConditions({ survival_time: 41, event_occurred: 1, age: 4.2, metastasis: 1 })).toEqual({
      survival_time: "under 1 year",
      event_occurred: 1,
      age: "under 10",
      metastasis: 1,
    });
    expect(
      [365, 366, 1_095, 1_096, 1_826, 1_827, 36_525].map((survival_time) => binConditions({ survival_time })),
    ).toEqual(
      [
        "under 1 year",
        "1 to 3 years",
        "1 to 3 years",
        "3 to 5 years",
        "3 to 5 years",
        "5 years or more",
        "5 years or more",
      ].map((survival_time) => ({ survival_time })),
    );
    expect([0, 9.99, 10, 15, 20, 39.9, 40, 89].map((age) => binConditions({ age }).age)).toEqual([
      "under 10",
      "under 10",
      "10 to 14",
      "15 to 19",
      "20 to 39",
      "20 to 39",
      "40 or more",
      "40 or more",
    ]);
  });
});
