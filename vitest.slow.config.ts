import { defineConfig } from "vitest/config";
import { tiers } from "./vitest.config.ts";

/** Statistics that take long: whole models at thousands of patients, many repeats. */
export default defineConfig({
  test: { ...tiers, testTimeout: 600_000, include: ["packages/*/src/**/*.slow.test.ts", "tests/**/*.slow.test.ts"] },
});
