import { catalogue, OsteonError, osteonError, type ErrorCode } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";

describe("exit codes", () => {
  it("are distinct", () => {
    expect(new Set(Object.values(exitCodes)).size).toBe(Object.keys(exitCodes).length);
  });

  it.each([
    ["connectors.no-meta", 2],
    ["configuration.invalid", 2],
    ["pipeline.quality", 3],
    ["registry.wrong-key", 4],
    ["registry.altered", 4],
    ["configuration.secret", 4],
    ["storage.locked", 5],
    ["system.address-in-use", 5],
    ["service.internal", 1],
    ["drift.watch", 6],
    ["drift.found", 7],
  ] as const)("%s ends with %i", (code, expected) => {
    expect(exitCodeOf(new OsteonError(code, {}))).toBe(expected);
  });

  it("are there for every error of the catalogue, and never say success", () => {
    for (const code of Object.keys(catalogue) as ErrorCode[]) {
      expect(Object.values(exitCodes).filter((exit) => exit !== 0)).toContain(exitCodeOf(new OsteonError(code, {})));
    }
  });

  it("tell an interruption from a fault", () => {
    const controller = new AbortController();
    controller.abort();
    expect(exitCodeOf(controller.signal.reason)).toBe(130);
    expect(exitCodeOf(new TypeError("x"))).toBe(1);
    expect(exitCodeOf("x")).toBe(1);
    expect(exitCodeOf(osteonError("service.internal", {}))).toBe(1);
  });
});
