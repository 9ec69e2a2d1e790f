import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertKinds } from "../../packages/monitoring/src/alerts/alert-kinds.ts";
import { ServiceMetrics } from "../../packages/monitoring/src/metrics/service-metrics.ts";
import { finishedRequest } from "../../packages/monitoring/src/testing/finished-request.ts";
import { fullSources } from "../../packages/monitoring/src/testing/full-sources.ts";

const folder = fileURLToPath(new URL("../../deploy/monitoring", import.meta.url));
const dashboard = JSON.parse(readFileSync(join(folder, "grafana-dashboard.json"), "utf8")) as {
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly type: string;
    readonly title: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
};
const rules = readFileSync(join(folder, "alert-rules.yml"), "utf8");
const queries = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.annotations.list.map(({ expr }) => expr),
];
const documentation = readFileSync(join(folder, "..", "..", "docs", "monitoring.md"), "utf8");
const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
if (!hasPromtool)
  console.warn("promtool is not installed: Prometheus' rules are not checked (tools/install-test-programs.sh)");

const metricsIn = (text: string): string[] => [...new Set(text.match(/\b(?:osteon|nodejs|process)_[a-z0-9_]+/g))];

/** Series by name with the labels they carry, as a service exposes them that has something to tell of everything. */
let exposed: ReadonlyMap<string, ReadonlySet<string>>;
let scratch: string;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "osteon-promtool-"));
  const metrics = new ServiceMetrics({
    sources: fullSources,
    osteonVersion: "0.1.0",
    firingAlerts: () => [{ kind: "drift", severity: "warning" }],
  });
  metrics.recordRequest(
    finishedRequest({ status: 503, failure: { code: "service.no-model", name: "OsteonError", frames: [] } }),
  );
  metrics.recordDelivery("email", "abandoned");
  const series = new Map<string, Set<string>>();
  for (const line of (await metrics.render()).split("\n")) {
    const [, name, labels = ""] = /^([a-z_][a-z0-9_]*)(?:\{(.*)\})? /i.exec(line) ?? [];
    if (name === undefined) continue;
    const known = series.get(name) ?? new Set(["instance", "job"]);
    for (const [, label] of labels.matchAll(/([a-z_]+)="/gi)) known.add(label!);
    series.set(name, known);
  }
  exposed = series;
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function promtool(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("promtool", words, { encoding: "utf8", cwd: folder });
  expect([status, `${stdout}${stderr}`]).toEqual([0, expect.any(String)]);
  return stdout;
}

describe("the dashboard", () => {
  it("asks for metrics that the service exposes, and shows all that are its own", () => {
    const asked = metricsIn(queries.join("\n"));
    expect(asked.filter((name) => !exposed.has(name))).toEqual([]);
    const families = new Set([...exposed.keys()].map((name) => name.replace(/_(?:bucket|sum|count)$/, "")));
    const shown = new Set(asked.map((name) => name.replace(/_(?:bucket|sum|count)$/, "")));
    const left = [...families].filter((name) => name.startsWith("osteon_") && !shown.has(name));
    expect(left.sort()).toEqual([
      "osteon_audit_checked_timestamp_seconds",
      "osteon_drift_measured_timestamp_seconds",
      "osteon_info",
      "osteon_key_in_use_since_timestamp_seconds",
      "osteon_model_loaded",
    ]);
  });

  it("chooses and groups by labels that these metrics have", () => {
    for (const { title, targets = [] } of dashboard.panels) {
      for (const { expr, legendFormat } of targets) {
        const known = new Set(metricsIn(expr).flatMap((name) => [...exposed.get(name)!]));
        const chosen = [...expr.matchAll(/([a-z_]+)(?:=~|!~|!=|=)"/g)].map(([, label]) => label!);
        const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels]) =>
          labels!.split(",").map((label) => label.trim()),
        );
        const told = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!);
        const strange = [...chosen, ...grouped, ...told].filter((label) => !known.has(label));
        expect([title, strange]).toEqual([title, []]);
      }
    }
  });

  it("has its panels beside each other, each with an id of its own", () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const [i, a] of panels.entries()) {
      expect(a.gridPos.x + a.gridPos.w).toBeLessThanOrEqual(24);
      for (const b of panels.slice(i + 1)) {
        const apart =
          a.gridPos.x + a.gridPos.w <= b.gridPos.x ||
          b.gridPos.x + b.gridPos.w <= a.gridPos.x ||
          a.gridPos.y + a.gridPos.h <= b.gridPos.y ||
          b.gridPos.y + b.gridPos.h <= a.gridPos.y;
        expect([a.title, b.title, apart]).toEqual([a.title, b.title, true]);
      }
    }
  });

  it.skipIf(!hasPromtool)("asks in PromQL that Prometheus understands", () => {
    const file = join(scratch, "queries.yml");
    const filled = queries.map((query) => query.replaceAll("$__rate_interval", "5m").replaceAll("$instance", ".*"));
    const records = filled.map((expr, i) => ({ record: `query_${i}`, expr }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules: records }] }));
    expect(promtool("check", "rules", file)).toContain(`${queries.length} rules found`);
  });
});

describe("Prometheus' rules", () => {
  it("ask for metrics that the service exposes", () => {
    const expressions = rules.replaceAll(/^.*annotations:.*$/gm, "");
    expect(metricsIn(expressions).filter((name) => !exposed.has(name))).toEqual([]);
  });

  it.skipIf(!hasPromtool)("are understood, and warn of what they are to warn of and of nothing else", () => {
    promtool("check", "config", "--syntax-only", "prometheus.yml");
    promtool("check", "rules", "alert-rules.yml");
    promtool("test", "rules", "alert-rules.test.yml");
  });

  it("are each tried, for something and for nothing", () => {
    const tried = readFileSync(join(folder, "alert-rules.test.yml"), "utf8");
    for (const [, name] of rules.matchAll(/- alert: (\w+)/g)) {
      expect([name, tried.split(`alertname: ${name}`).length - 1]).toEqual([
        name,
        expect.toSatisfy((n: number) => n >= 2),
      ]);
    }
  });
});

describe("docs/monitoring.md", () => {
  it("names every metric of the service's own, every kind of alert and every file shipped", () => {
    const families = new Set([...exposed.keys()].map((name) => name.replace(/_(?:bucket|sum|count)$/, "")));
    const own = [...families].filter((name) => name.startsWith("osteon_"));
    const shipped = ["prometheus.yml", "alert-rules.yml", "alert-rules.test.yml", "grafana-dashboard.json"];
    expect([...own, ...alertKinds, ...shipped].filter((name) => !documentation.includes(name))).toEqual([]);
  });

  it("names no metric that is not there", () => {
    const known = (name: string) => exposed.has(name) || exposed.has(`${name}_bucket`);
    expect(metricsIn(documentation).filter((name) => !known(name))).toEqual([]);
  });
});
