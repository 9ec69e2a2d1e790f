import type { UsageAnswer } from "@osteon/contracts";
import type { Page } from "playwright-core";

const points = Array.from({ length: 24 }, (_, k) => {
  const latency_ms = { p50: 8 + (k % 4), p95: 30, p99: 40 + ((k * 13) % 50), max: 120 };
  const requests = 40 + ((k * 37) % 60);
  const errors = k % 5 === 0 ? 3 : 0;
  const by_status = { "200": requests - errors, "503": errors };
  const counts = { requests, errors, refusals: 0, patients: 400 + ((k * 91) % 700), latency_ms, by_status };
  return { start: new Date(Date.UTC(2026, 0, 1, k)).toISOString(), ...counts, by_route: { "/generate": counts } };
});
const usage: UsageAnswer = {
  from: "2026-01-01T00:00:00.000Z",
  to: "2026-01-02T00:00:00.000Z",
  step: "hour",
  kept_from: "2025-01-01T00:00:00.000Z",
  // A quiet hour, which no answer holds.
  points: points.filter((_, k) => k % 7 !== 0),
};

/** A day of much use, which no test's service has had. */
export async function answerUsage(page: Page): Promise<void> {
  await page.route(
    (url) => url.pathname === "/usage",
    (route) => route.fulfill({ json: usage }),
  );
}
