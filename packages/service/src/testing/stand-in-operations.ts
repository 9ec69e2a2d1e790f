import type { UsageAnswer } from "@osteon/contracts";
import type { ServiceOptions } from "../service-options.ts";

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
} satisfies Pick<ServiceOptions, "metrics" | "usage">;
