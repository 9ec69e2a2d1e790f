import { usageAnswerSchema } from "@osteon/contracts";
import { expect, it } from "vitest";
import { entriesOf } from "./usage.ts";

const point = (start: string, requests: number) => {
  const latency_ms = { p50: 8, p95: 30, p99: 40, max: 41 };
  const counts = {
    requests,
    errors: 1,
    refusals: 0,
    patients: 10 * requests,
    latency_ms,
    by_status: { "200": requests },
  };
  return { start, ...counts, by_route: { "/generate": counts } };
};

it("usage has an entry for every hour, also for those in which nothing was asked", () => {
  const answer = usageAnswerSchema.parse({
    from: "2026-01-01T10:00:00.000Z",
    to: "2026-01-01T12:34:56.000Z",
    step: "hour",
    kept_from: "2025-01-01T00:00:00.000Z",
    points: [point("2026-01-01T10:00:00.000Z", 3), point("2026-01-01T12:00:00.000Z", 5)],
  });
  expect(entriesOf(answer)).toEqual([
    { from: "2026-01-01T10:00:00.000Z", requests: 3, errors: 1, patients: 30, p50_ms: 8, p99_ms: 40 },
    { from: "2026-01-01T11:00:00.000Z", requests: 0, errors: 0, patients: 0, p50_ms: null, p99_ms: null },
    { from: "2026-01-01T12:00:00.000Z", requests: 5, errors: 1, patients: 50, p50_ms: 8, p99_ms: 40 },
  ]);
});

it("usage by day has an entry a day", () => {
  const answer = usageAnswerSchema.parse({
    from: "2026-01-01T00:00:00.000Z",
    to: "2026-01-03T08:00:00.000Z",
    step: "day",
    kept_from: "2025-01-01T00:00:00.000Z",
    points: [point("2026-01-02T00:00:00.000Z", 7)],
  });
  expect(entriesOf(answer).map(({ requests }) => requests)).toEqual([0, 7, 0]);
});
