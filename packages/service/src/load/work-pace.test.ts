import { describe, expect, it } from "vitest";
import { WorkPace } from "./work-pace.ts";

/** A pace of which requests of so many patients took so long, one after the other, with pauses between them, ms. */
function paceOf(requests: number, patients: number, tookMs: number, pauseMs: number): WorkPace {
  let now = 1_000_000;
  const pace = new WorkPace(() => now);
  for (let k = 0; k < requests; k++) {
    now += pauseMs;
    pace.begin();
    now += tookMs;
    pace.end(patients);
  }
  return pace;
}

describe("WorkPace", () => {
  it("tells how long so many patients take, whatever the pauses between requests", () => {
    for (const pauseMs of [0, 3_600_000]) {
      const pace = paceOf(20, 10, 50, pauseMs);
      expect(pace.secondsFor(2_000)).toBe(10);
      expect(pace.secondsFor(2_001)).toBe(11);
      expect(pace.secondsFor(1)).toBe(1);
      expect(pace.secondsFor(1_000_000)).toBe(30);
    }
  });

  it("counts the time of requests that overlap once", () => {
    let now = 0;
    const pace = new WorkPace(() => now);
    for (let k = 0; k < 4; k++) pace.begin();
    for (let k = 0; k < 4; k++) {
      now += 1_000;
      pace.end(1);
    }
    expect(pace.secondsFor(6)).toBe(6);
  });

  it("follows a service that becomes slower", () => {
    let now = 0;
    const pace = new WorkPace(() => now);
    for (let k = 0; k < 200; k++) {
      pace.begin();
      now += k < 100 ? 10 : 1_000;
      pace.end(1);
    }
    expect(pace.secondsFor(20)).toBe(20);
  });

  it("says 5 s while it knows nothing", () => {
    expect(new WorkPace().secondsFor(1_000)).toBe(5);
  });
});
