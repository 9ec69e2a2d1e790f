import { expect, it } from "vitest";
import { afterFailure, enqueue, isDue, type Delivery } from "./deliveries.ts";
import type { Notice } from "./notice.ts";

const notice = (alert: string, event: Notice["event"] = "firing"): Notice => ({
  id: "6f1c7a52-0f0b-4c57-9a7e-2f6f6f0f6a51",
  event,
  alert,
  kind: "drift",
  severity: "warning",
  instance: "osteon",
  statement: "",
  since: "2026-01-01T00:00:00Z",
  at: "2026-01-01T00:00:00Z",
});

it("waits twice as long after each failure, up to an hour, and gives up after some five hours", () => {
  let delivery: Delivery | undefined = { channel: "chat", notice: notice("a"), attempts: 0, nextAt: 0 };
  const pauses: number[] = [];
  let now = 0;
  for (;;) {
    delivery = afterFailure(delivery, now);
    if (delivery === undefined) break;
    expect(isDue(delivery, delivery.nextAt - 1)).toBe(false);
    expect(isDue(delivery, delivery.nextAt)).toBe(true);
    pauses.push((delivery.nextAt - now) / 1000);
    now = delivery.nextAt;
  }
  expect(pauses).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]);
  expect(now / 3_600_000).toBeCloseTo(5.06, 2);
});

it("keeps the newest notice of an alert for a channel, so that what waits is bounded", () => {
  let waiting: readonly Delivery[] = [];
  for (let i = 0; i < 100; i++) {
    for (const alert of ["a", "b"]) {
      for (const channel of ["chat", "mail"])
        waiting = enqueue(waiting, channel, notice(alert, i === 99 ? "resolved" : "firing"), i);
    }
  }
  expect(waiting).toHaveLength(4);
  expect(waiting.map((delivery) => delivery.notice.event)).toEqual(Array(4).fill("resolved"));
});

it("is not held up by a clock that went back", () => {
  expect(isDue({ channel: "chat", notice: notice("a"), attempts: 1, nextAt: 1e12 }, 0)).toBe(true);
});
