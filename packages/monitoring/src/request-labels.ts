import { STATUS_CODES } from "node:http";
import { errorCode, httpMethod, routeTemplate } from "@osteon/observability";

/** Stands for every value that is not one of the list. */
export const other = "other";

/** More routes than any version of the service has: a bound, should a route ever be made from what a client sends. */
const mostRoutes = 64;

/** The routes seen, each as it was declared; the first {@link mostRoutes}, and `other` for what comes after. */
export class RouteLabels {
  readonly #known = new Set<string>();

  labelOf(route: string): string {
    const declared = routeTemplate.read(route);
    if (declared === undefined) return other;
    if (!this.#known.has(declared)) {
      if (this.#known.size >= mostRoutes) return other;
      this.#known.add(declared);
    }
    return declared;
  }
}

export function methodLabel(method: string): string {
  return httpMethod.read(method) ?? other;
}

/** One of the statuses that HTTP has. */
export function statusLabel(status: number): string {
  return Object.hasOwn(STATUS_CODES, status) ? String(status) : other;
}

/** A code of the error catalogue. */
export function codeLabel(code: string): string {
  return errorCode.read(code) ?? "internal";
}

/** What monitoring programs ask, day and night: no usage, and no measure of how patients are answered. */
export function isMonitoringRoute(route: string): boolean {
  return route === "/metrics" || route === "/health" || route.startsWith("/health/");
}
