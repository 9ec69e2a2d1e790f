import { expect, it } from "vitest";
import { startTestService, testToken } from "./testing/test-service.ts";

const parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

async function observed(headers: Readonly<Record<string, string>>, body: object = {}) {
  const { app, events, generate } = startTestService();
  await generate(body, headers);
  await app.close();
  return events[0]!;
}

it("tells a well-formed traceparent, and nothing that only begins like one", async () => {
  expect((await observed({ traceparent: parent })).traceParent).toBe(parent);
  const malformed = [`${parent}-more`, parent.toUpperCase(), parent.replace("4bf9", "1999-12-31"), "CANARY", ""];
  for (const traceparent of [...malformed, `00-${"0".repeat(32)}-00f067aa0ba902b7-01`]) {
    expect((await observed({ traceparent })).traceParent).toBeUndefined();
  }
});

it("tells from when until when a request was handled, of a list too", async () => {
  for (const count of [1, 40]) {
    const { handled, durationMs } = await observed({}, { count });
    expect(handled!.fromMs).toBeGreaterThanOrEqual(0);
    expect(handled!.untilMs).toBeGreaterThanOrEqual(handled!.fromMs);
    expect(durationMs).toBeGreaterThanOrEqual(handled!.fromMs);
  }
});

it("tells no handling of a request that was refused before", async () => {
  const { app, events } = startTestService();
  await app.inject({ method: "POST", url: "/generate", headers: { authorization: `Bearer not-${testToken}` } });
  await app.close();
  expect(events[0]).not.toHaveProperty("handled");
});
