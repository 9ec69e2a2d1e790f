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

const variable = (name: string, group: string, difference: number, qValue: number, state: string) => ({
  name,
  group,
  reference: 88,
  current: 24,
  statistics: [],
  pValue: qValue / 2,
  qValue,
  difference,
  nullDifference: { lower: -0.42, upper: 0.4 },
  unit: "SD",
  detectable: 0.7,
  state,
});

const check = {
  format: "osteon-drift-check/1",
  question: "input",
  state: "watch",
  reasons: [
    { code: "difference", what: "Age differs beyond chance, and no alarm that holds at every look has been given" },
  ],
  next: ["Ask whether the referral of patients has changed", "Look again after ten more patients"],
  reference: { patients: 88, digest: "0" },
  patients: { read: 26, known: 1, incomplete: 1, compared: 24 },
  comparison: {
    level: 0.05,
    groups: [
      { name: "clinical", variables: 5, pValue: 0.004, qValue: 0.02, drifted: 1, state: "drift" },
      { name: "pathways", variables: 14, pValue: 0.5, qValue: 0.7, drifted: 0, state: "no drift" },
      { name: "expression", variables: 300, pValue: 0.4, qValue: 0.7, drifted: 0, state: "cannot tell yet" },
    ],
    variables: [
      variable("age", "clinical", 0.83, 0.02, "drift"),
      variable("survival", "clinical", -0.2, 0.6, "no drift"),
      ...Array.from({ length: 14 }, (_, k) =>
        variable(`GENE${k}`, "expression", 0.1 * (k % 5) - 0.2, 0.8, "cannot tell yet"),
      ),
    ],
  },
  sequential: { level: 0.05, looks: 4, patients: 24 },
  notes: ["Copy number was not measured in the extract."],
};

const entries = Array.from({ length: 12 }, (_, k) => ({
  id: `1.${12 - k}`,
  at: new Date(Date.UTC(2026, 0, 1, 12, 12 - k)).toISOString(),
  principal: k % 3 === 0 ? "user:mara" : "token:key-1",
  action: k % 3 === 0 ? "model.promoted" : "patients.generated",
  outcome: k === 4 ? "failed" : "succeeded",
  detail: k % 3 === 0 ? { model: "0123456789abcdef", reason: "better scores" } : { patients: 50, format: "json" },
}));

const answers: readonly (readonly [RegExp, unknown])[] = [
  [/\/usage\?step=/, usage],
  [/\/drift$/, { input: { checked_at: "2026-01-01T12:00:00.000Z", check }, output: null }],
  [/\/audit\/verify$/, { holds: true, entries: 12, segments: 1, findings: [] }],
  [/\/audit(\?|$)/, { entries, next: null }],
];

/** Answers for the parts of a service that this one does not have: usage, drift, audit. */
export async function answerMonitoring(page: Page): Promise<void> {
  await page.route("**/session", async (route) => {
    const response = await route.fetch();
    if (route.request().method() === "DELETE") return route.fulfill({ response });
    const session = (await response.json()) as { parts: string[] };
    return route.fulfill({ response, json: { ...session, parts: [...session.parts, "usage", "drift", "audit"] } });
  });
  for (const [pattern, json] of answers) {
    await page.route(
      (url) => !url.pathname.startsWith("/app") && pattern.test(url.href),
      (route) => route.fulfill({ json }),
    );
  }
}
