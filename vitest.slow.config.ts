import { defineConfig } from "vitest/config";
import { tiers } from "./vitest.config.ts";

/** What is tried in every variant and shown at full size only where that is asked for; see tests/support/exhaustive.ts. */
const kinds = process.env["OSTEON_EXHAUSTIVE"] === "1" ? "{slow,exhaustive}" : "slow";

/** What takes long: statistics, whole models, faults, browsers. */
export default defineConfig({
  test: {
    ...tiers,
    testTimeout: 600_000,
    // One more than cores: services, browsers and databases are waited for.
    maxWorkers: 3,
    include: [`packages/*/src/**/*.${kinds}.test.ts`, `tests/**/*.${kinds}.test.ts`],
  },
});
