import type { RequestFinished } from "@osteon/service";
import { Counter, Histogram, type Registry } from "prom-client";
import { codeLabel, methodLabel, RouteLabels, statusLabel } from "../request-labels.ts";
import { patientsOf } from "../usage/usage-history.ts";

/** From a small answer of the copula to a network's thousand patients. */
const latencyBucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What is counted of finished requests. */
export class RequestMetrics {
  readonly #routes = new RouteLabels();
  readonly #requests: Counter<"route" | "method" | "status">;
  readonly #duration: Histogram<"route" | "method" | "status">;
  readonly #errors: Counter<"code">;
  readonly #patients: Counter;
  readonly #brokenOff: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    const labelNames = ["route", "method", "status"] as const;
    this.#requests = new Counter({
      name: "osteon_http_requests_total",
      help: "Requests that ended, by the route's pattern, method and HTTP status.",
      labelNames,
      registers,
    });
    this.#duration = new Histogram({
      name: "osteon_http_request_duration_seconds",
      help: "From the request's arrival to the end of its answer.",
      labelNames,
      buckets: latencyBucketsSeconds,
      registers,
    });
    this.#errors = new Counter({
      name: "osteon_errors_total",
      help: "Requests that were answered with an error, by its code in the catalogue.",
      labelNames: ["code"],
      registers,
    });
    this.#patients = new Counter({
      name: "osteon_patients_generated_total",
      help: "Synthetic patients in answers that were whole.",
      registers,
    });
    this.#brokenOff = new Counter({
      name: "osteon_answers_broken_off_total",
      help: "Answers whose client went away, or which failed, before their end.",
      registers,
    });
  }

  record(event: RequestFinished): void {
    const labels = {
      route: this.#routes.labelOf(event.route),
      method: methodLabel(event.method),
      status: statusLabel(event.status),
    };
    this.#requests.inc(labels);
    this.#duration.observe(labels, event.durationMs / 1000);
    if (event.failure !== undefined) this.#errors.inc({ code: codeLabel(event.failure.code) });
    if (!event.completed) this.#brokenOff.inc();
    this.#patients.inc(patientsOf(event));
  }
}
