import { expect, it } from "vitest";
import { formatBytes, formatDuration, formatNumber } from "./format.ts";

it("writes no sign before nothing", () => {
  expect(formatNumber(-0.0004, 3)).toBe("0.000");
  expect(formatNumber(-0.4, 0)).toBe("0");
  expect(formatNumber(-0.0006, 3)).toBe("−0.001");
  expect(formatNumber(-10)).toBe("−10.00");
});

it("writes durations and sizes in the unit that they are read in", () => {
  expect([formatDuration(38.4), formatDuration(6_037)]).toEqual(["38 ms", "6.0 s"]);
  expect([formatBytes(0), formatBytes(12_345), formatBytes(41_000_000)]).toEqual(["0 kB", "13 kB", "41.0 MB"]);
});
