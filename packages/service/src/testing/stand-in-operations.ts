import type { UsageAnswer } from "@osteon/contracts";
import type { AuditSource } from "../operations/audit-routes.ts";
import type { ServiceOptions } from "../service-options.ts";
import { exampleCatalogue } from "./web-service.ts";

const at = "2026-01-01T12:00:00.000Z";

/** A trail of one entry, which remembers who used it. */
export function exampleTrail(): AuditSource & { readonly used: readonly string[] } {
  const used: string[] = [];
  const entry = { principal: "user:ada", action: "model.added", outcome: "succeeded" as const, error_code: null };
  return {
    used,
    read: async ({ after }) =>
      after === undefined
        ? { entries: [{ id: "1.2", at, ...entry, detail: { model: "0123456789abcdef" } }], next: `${at}_1.2` }
        : { entries: [], next: null },
    verify: async (principal) => {
      used.push(`verified by ${principal}`);
      return { holds: true, entries: 1, segments: 1, unsigned: 0, findings: [] };
    },
    export: async (_search, format, principal) => {
      used.push(`${format} for ${principal}`);
      return (async function* () {
        yield format === "csv" ? "segment,line\r\n" : "";
        yield format === "csv" ? "1,2\r\n" : `${JSON.stringify({ segment: 1, line: 2 })}\n`;
      })();
    },
  };
}

/** Answers what is asked about the operation of a service, without one that is watched. */
export const standInOperations = {
  metrics: {
    contentType: "text/plain; version=0.0.4; charset=utf-8",
    render: () => Promise.resolve("osteon_info 1\n"),
  },
  usage: {
    read: ({ from, to, step }): UsageAnswer => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      step,
      kept_from: new Date(from).toISOString(),
      points: [],
    }),
  },
  web: {
    application: () => Promise.resolve(null),
    catalogue: exampleCatalogue(),
    run: () => Promise.resolve(null),
    audit: exampleTrail(),
    drift: { read: () => Promise.resolve({ input: null, output: null }) },
  },
} satisfies Pick<ServiceOptions, "metrics" | "usage" | "web">;
