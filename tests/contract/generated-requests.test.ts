import { describe, expect, it } from "vitest";
import { holdToContract } from "./support/hold-to-contract.ts";

describe("requests generated from the OpenAPI document", () => {
  it("are answered as documented, each of 800, whatever is in them", async () => {
    const { statuses, events } = await holdToContract(800);
    // They come far enough to mean something: every operation answers well, and /generate refuses in every way it has.

    const seen = [...statuses.keys()];
    for (const path of [
      "/health",
      "/health/live",
      "/health/ready",
      "/models/current",
      "/models/current/card",
      "/metrics",
      "/usage",
      "/models",
      "/models/history",
      "/models/{version}",
      "/models/{version}/report",
      "/audit",
      "/audit/export",
      "/drift",
      "/session",
      "/docs",
      "/openapi.json",
    ]) {
      expect(seen).toContain(`GET ${path} 200`);
    }
    for (const path of ["/models/rollback", "/models/{version}/promote", "/models/current/support", "/audit/verify"]) {
      expect(seen).toContain(`POST ${path} 200`);
    }
    for (const status of [200, 400, 401, 406, 415, 422]) expect(seen).toContain(`POST /generate ${status}`);
    expect(statuses.get("POST /generate 200")).toBeGreaterThan(20);
    expect(events.filter(({ failure }) => failure?.code === "service.internal")).toEqual([]);
  });
});
