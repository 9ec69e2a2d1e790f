import type { RequestFinished } from "@osteon/service";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MonitoringSources } from "../sources/monitoring-sources.ts";
import { finishedRequest } from "../testing/finished-request.ts";
import { fullSources } from "../testing/full-sources.ts";
import { permittedLabels } from "../testing/permitted-labels.ts";
import { readMetrics, type Sample } from "../testing/read-metrics.ts";
import { ServiceMetrics } from "./service-metrics.ts";

function metricsOf(sources: MonitoringSources = fullSources): ServiceMetrics {
  return new ServiceMetrics({
    sources,
    osteonVersion: "0.1.0",
    firingAlerts: () => [{ kind: "backup_age", severity: "critical" }],
  });
}
const valueOf = (samples: readonly Sample[], name: string, labels: Readonly<Record<string, string>> = {}) =>
  samples.find((sample) => sample.name === name && Object.entries(labels).every(([k, v]) => sample.labels[k] === v))
    ?.value;

describe("metrics of requests", () => {
  it("count requests, times, errors and patients", async () => {
    const metrics = metricsOf();
    metrics.recordRequest(finishedRequest({ patientCount: 10, durationMs: 30 }));
    metrics.recordRequest(finishedRequest({ patientCount: 5, durationMs: 200 }));
    // Neither of these clients has patients.
    metrics.recordRequest(finishedRequest({ patientCount: 100, completed: false }));
    const failure = { code: "generator.rare-profile", name: "OsteonError", frames: [] };
    metrics.recordRequest(finishedRequest({ status: 422, patientCount: 100, failure }));
    const samples = readMetrics(await metrics.render());
    const labels = { route: "/generate", method: "POST", status: "200" };
    expect(valueOf(samples, "osteon_http_requests_total", labels)).toBe(3);
    expect(valueOf(samples, "osteon_http_requests_total", { ...labels, status: "422" })).toBe(1);
    expect(valueOf(samples, "osteon_http_request_duration_seconds_bucket", { ...labels, le: "0.05" })).toBe(2);
    expect(valueOf(samples, "osteon_http_request_duration_seconds_sum", labels)).toBeCloseTo(0.242, 9);
    expect(valueOf(samples, "osteon_errors_total", { code: "generator.rare-profile" })).toBe(1);
    expect(valueOf(samples, "osteon_patients_generated_total")).toBe(15);
    expect(valueOf(samples, "osteon_answers_broken_off_total")).toBe(1);
  });

  it("stay bounded whatever routes, methods, statuses and codes come", async () => {
    const metrics = metricsOf();
    for (let i = 0; i < 3_000; i++) {
      const letters = String(i).replaceAll(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)));
      const failure = { code: `code-${i}`, name: "Error", frames: [] };
      metrics.recordRequest(finishedRequest({ route: `/${letters}`, method: `M${i}`, status: i, failure }));
    }
    const samples = readMetrics(await metrics.render());
    const routes = new Set(samples.map(({ labels }) => labels["route"]).filter((route) => route !== undefined));
    expect(routes.size).toBe(65);
    expect(new Set(samples.map(({ labels }) => labels["method"])).size).toBe(2);
    expect(samples.filter(({ name }) => name === "osteon_errors_total").map(({ labels }) => labels)).toEqual([
      { code: "internal" },
    ]);
  });
});

describe("labels", () => {
  const canaries = [
    "TARGET-40-CANARY",
    "1999-12-31",
    "survival_time=4711",
    "Maria Canary",
    "canary@example.org",
    "4711.25",
  ];

  it("and their values are those of a closed list, whatever a request holds", async () => {
    const metrics = metricsOf();
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...canaries));
    const event = fc.record({
      requestId: text,
      principal: text,
      method: text,
      route: fc.oneof(
        text,
        text.map((path) => `/${path}`),
      ),
      status: fc.integer(),
      completed: fc.boolean(),
      durationMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      patientCount: fc.nat(),
      traceParent: text,
      failure: fc.record({ code: text, name: text, frames: fc.array(text) }),
    });
    fc.assert(fc.property(event, (given) => metrics.recordRequest(given as RequestFinished)));
    const rendered = await metrics.render();
    for (const { name, labels } of readMetrics(rendered)) {
      for (const [label, value] of Object.entries(labels)) {
        expect([name, label, value, permittedLabels[label]?.(value)]).toEqual([name, label, value, true]);
      }
    }
    for (const canary of canaries) expect(rendered).not.toContain(canary);
  });

  it("of that list are all in use", async () => {
    const metrics = metricsOf();
    metrics.recordDelivery("email", "delivered");
    const failure = { code: "service.no-model", name: "OsteonError", frames: [] };
    metrics.recordRequest(finishedRequest({ failure }));
    const used = new Set(readMetrics(await metrics.render()).flatMap(({ labels }) => Object.keys(labels)));
    // Whether the collector has run yet is Node's own affair.
    used.add("kind");
    expect([...used].sort()).toEqual(Object.keys(permittedLabels).sort());
  });
});

describe("metrics of the surroundings", () => {
  it("tell what the sources tell", async () => {
    const samples = readMetrics(await metricsOf().render());
    expect(valueOf(samples, "osteon_info", { version: "0.1.0" })).toBe(1);
    expect(valueOf(samples, "osteon_model_info", { model_version: "9f2c4be101a3d7e5", family: "factor-copula" })).toBe(
      1,
    );
    expect(valueOf(samples, "osteon_model_calibrated_score")).toBe(0.85);
    expect(valueOf(samples, "osteon_model_calibrated_score_lower")).toBe(0.77);
    expect(valueOf(samples, "osteon_model_calibrated_score_upper")).toBe(0.93);
    expect(valueOf(samples, "osteon_model_gate_passed")).toBe(1);
    expect(valueOf(samples, "osteon_model_refused")).toBe(0);
    expect(valueOf(samples, "osteon_queue_depth")).toBe(3);
    expect(valueOf(samples, "osteon_cache_hits_total")).toBe(20);
    expect(valueOf(samples, "osteon_cache_misses_total")).toBe(7);
    expect(valueOf(samples, "osteon_drift_state", { state: "watch" })).toBe(1);
    expect(valueOf(samples, "osteon_drift_state", { state: "drift" })).toBe(0);
    expect(valueOf(samples, "osteon_backup_last_success_timestamp_seconds")).toBe(1_767_323_045);
    expect(valueOf(samples, "osteon_key_in_use_since_timestamp_seconds", { key: "signing" })).toBe(1_767_323_045);
    expect(valueOf(samples, "osteon_audit_chain_intact")).toBe(1);
    expect(valueOf(samples, "osteon_disk_free_bytes")).toBe(5_000);
    expect(valueOf(samples, "osteon_alerts_firing", { alert: "backup_age", severity: "critical" })).toBe(1);
    expect(valueOf(samples, "process_resident_memory_bytes")).toBeGreaterThan(0);
    expect(valueOf(samples, "nodejs_eventloop_lag_p99_seconds")).toBeGreaterThan(0);
  });

  it("are left out where a source does not know, and are not 0", async () => {
    let known = true;
    const sources = Object.fromEntries(
      Object.entries(fullSources).map(([name, source]) => [name, () => (known ? source() : undefined)]),
    ) as MonitoringSources;
    const metrics = metricsOf(sources);
    const namesOf = async () => new Set(readMetrics(await metrics.render()).map(({ name }) => name));
    const everyName = await namesOf();
    known = false;
    const left = await namesOf();
    const gone = [...everyName].filter((name) => !left.has(name));
    expect(gone).toHaveLength(20);
    expect(gone.every((name) => name.startsWith("osteon_"))).toBe(true);
    known = true;
    expect(await namesOf()).toEqual(everyName);
  });

  it("show no model of before where none is on air any more", async () => {
    let onAir = true;
    const metrics = metricsOf({ model: () => (onAir ? fullSources.model() : null) });
    await metrics.render();
    onAir = false;
    const samples = readMetrics(await metrics.render());
    expect(valueOf(samples, "osteon_model_loaded")).toBe(0);
    expect(samples.filter(({ name }) => /model_info|score/.test(name))).toEqual([]);
  });

  it("come from the other sources where one fails", async () => {
    const metrics = metricsOf({ ...fullSources, drift: () => Promise.reject(new Error("CANARY")) });
    const text = await metrics.render();
    const samples = readMetrics(text);
    expect(valueOf(samples, "osteon_source_up", { source: "drift" })).toBe(0);
    expect(valueOf(samples, "osteon_source_up", { source: "last_backup" })).toBe(1);
    expect(valueOf(samples, "osteon_queue_depth")).toBe(3);
    expect(text).not.toContain("CANARY");
  });

  it("tell 0 as the time of a backup that was never made", async () => {
    const samples = readMetrics(await metricsOf({ lastBackup: () => null }).render());
    expect(valueOf(samples, "osteon_backup_last_success_timestamp_seconds")).toBe(0);
  });
});
