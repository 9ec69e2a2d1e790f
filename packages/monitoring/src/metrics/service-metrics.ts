import type { MetricsSource, RequestFinished } from "@osteon/service";
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import type { AlertKind } from "@osteon/contracts";
import { readSources, type MonitoringSources } from "../sources/monitoring-sources.ts";
import { RequestMetrics } from "./request-metrics.ts";
import { SourceMetrics } from "./source-metrics.ts";

/** Node's metrics whose labels are class names of whatever is open. */
const openLabels = ["nodejs_active_handles", "nodejs_active_requests", "nodejs_active_resources"];

/** An alert that fires, as metrics tell it: by its kind, not by the name that a site gave it. */
export interface FiringAlert {
  readonly kind: AlertKind;
  readonly severity: "warning" | "critical";
}

export interface ServiceMetricsOptions {
  readonly sources: MonitoringSources;
  readonly osteonVersion: string;
  /** Asked at every scrape. */
  readonly firingAlerts?: () => readonly FiringAlert[];
}

/**
 * The metrics of one service, in Prometheus' text format. Labels and their values come from closed lists, which
 * `testing/permitted-labels.ts` holds them to.
 */
export class ServiceMetrics implements MetricsSource {
  readonly #registry = new Registry();
  readonly #requests: RequestMetrics;
  readonly #surroundings: SourceMetrics;
  readonly #firing: Gauge<"alert" | "severity">;
  readonly #deliveries: Counter<"channel" | "outcome">;
  readonly #options: ServiceMetricsOptions;

  constructor(options: ServiceMetricsOptions) {
    this.#options = options;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    for (const name of openLabels) this.#registry.removeSingleMetric(name);
    new Gauge({ name: "osteon_info", help: "The program: always 1.", labelNames: ["version"], registers }).set(
      { version: options.osteonVersion },
      1,
    );
    this.#requests = new RequestMetrics(this.#registry);
    this.#surroundings = new SourceMetrics(this.#registry);
    this.#firing = new Gauge({
      name: "osteon_alerts_firing",
      help: "Alerts of the service's own that fire, by kind.",
      labelNames: ["alert", "severity"],
      registers,
    });
    this.#deliveries = new Counter({
      name: "osteon_alert_deliveries_total",
      help: "Notices that were sent, by how that ended.",
      labelNames: ["channel", "outcome"],
      registers,
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  recordRequest(event: RequestFinished): void {
    this.#requests.record(event);
  }

  recordDelivery(channel: "webhook" | "email", outcome: "delivered" | "failed" | "abandoned"): void {
    this.#deliveries.inc({ channel, outcome });
  }

  async render(): Promise<string> {
    this.#surroundings.update(await readSources(this.#options.sources));
    this.#firing.reset();
    for (const { kind, severity } of this.#options.firingAlerts?.() ?? []) this.#firing.inc({ alert: kind, severity });
    return this.#registry.metrics();
  }
}
