import { describe, expect, it } from "vitest";
import { holdToContract } from "./support/hold-to-contract.ts";

describe("requests generated from the OpenAPI document", () => {
  it("are answered as documented, each of 10,000, and none with an error of the service's own", async () => {
    const { statuses, events } = await holdToContract(10_000);
    const asked = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    expect(asked).toBe(10_000);
    expect([...statuses.keys()].filter((name) => / 5\d\d$/.test(name))).toEqual([]);
    expect(events.filter(({ failure }) => failure?.code === "service.internal")).toEqual([]);
  }, 600_000);
});
