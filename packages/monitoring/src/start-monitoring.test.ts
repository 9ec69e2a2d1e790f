import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationSchema } from "@osteon/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startMonitoring, type Monitoring } from "./start-monitoring.ts";
import { finishedRequest } from "./testing/finished-request.ts";
import { fullSources } from "./testing/full-sources.ts";

let folder: string;
let receiver: Server | undefined;
const running: Monitoring[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "osteon-monitoring-"))));
afterEach(async () => {
  for (const monitoring of running.splice(0)) await monitoring.close();
  receiver?.closeAllConnections();
  receiver?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(
  parts: { readonly alerts?: object; readonly observability?: object; readonly directory?: string } = {},
) {
  const logged: object[] = [];
  const { observability, alerts } = configurationSchema.parse({
    observability: parts.observability ?? {},
    alerts: parts.alerts ?? {},
  });
  const monitoring = await startMonitoring({
    observability: { ...observability, directory: parts.directory ?? join(folder, "monitoring") },
    alerts,
    sources: { ...fullSources, modelRefusal: () => "registry.signature" },
    logger: { log: (event, values) => void logged.push({ event: event.name, ...values }) },
    environment: {},
    osteonVersion: "0.1.0",
  });
  running.push(monitoring);
  return { monitoring, logged };
}
const stop = async (monitoring: Monitoring): Promise<void> => {
  running.splice(running.indexOf(monitoring), 1);
  await monitoring.close();
};
const lastDay = (monitoring: Monitoring) =>
  monitoring.usage.read({ from: Date.now() - 86_400_000, to: Date.now() + 1, step: "hour" }).points;

describe("monitoring", () => {
  it("counts a request in metrics and usage, and keeps the usage over a restart", async () => {
    const first = await start();
    first.monitoring.recordRequest(finishedRequest({ patientCount: 4 }));
    expect(await first.monitoring.metrics.render()).toContain("osteon_patients_generated_total 4");
    expect(lastDay(first.monitoring)).toMatchObject([{ requests: 1, patients: 4 }]);
    await stop(first.monitoring);
    const second = await start();
    expect(lastDay(second.monitoring)).toMatchObject([{ requests: 1, patients: 4 }]);
    expect([...first.logged, ...second.logged]).toEqual([]);
  });

  it("sends alerts without anybody's doing, and holds no end up by a channel that hangs", async () => {
    const bodies: string[] = [];
    receiver = createServer((request) => {
      request.setEncoding("utf8").on("data", (text: string) => bodies.push(text));
    });
    await new Promise<void>((resolve) => receiver!.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const alerts = { rules: [{ when: "model_refused" }], channels: [{ kind: "webhook", name: "chat", url }] };
    const { monitoring, logged } = await start({ alerts });
    await expect.poll(() => bodies).toHaveLength(1);
    expect(await monitoring.metrics.render()).toContain(
      'osteon_alerts_firing{alert="model_refused",severity="warning"} 1',
    );
    await stop(monitoring);
    expect(logged).toEqual([{ event: "alert.changed", kind: "model_refused", state: "firing", severity: "warning" }]);
    const record = JSON.parse(readFileSync(join(folder, "monitoring", "alerts.json"), "utf8")) as {
      waiting: unknown[];
    };
    expect(record.waiting).toHaveLength(1);
  });

  it("lets a second service in the same directory work, in memory alone, and says so", async () => {
    const first = await start();
    const second = await start();
    expect(second.logged).toEqual([
      { event: "monitoring.degraded", part: "usage history", errorCode: "monitoring.in-use" },
    ]);
    second.monitoring.recordRequest(finishedRequest());
    expect(lastDay(second.monitoring)).toHaveLength(1);
    await stop(second.monitoring);
    await stop(first.monitoring);
    expect(lastDay((await start()).monitoring)).toEqual([]);
  });

  it("starts where its directory cannot be", async () => {
    writeFileSync(join(folder, "file"), "");
    const { monitoring, logged } = await start({ directory: join(folder, "file", "monitoring") });
    expect(logged).toEqual([expect.objectContaining({ event: "monitoring.degraded", part: "usage history" })]);
    monitoring.recordRequest(finishedRequest());
    expect(lastDay(monitoring)).toHaveLength(1);
  });

  it.each(["{", '{"format":"osteon-alerts/0"}'])(
    "begins anew where the state of the alerts is damaged (%s)",
    async (text) => {
      const directory = join(folder, "monitoring");
      mkdirSync(directory);
      writeFileSync(join(directory, "alerts.json"), text);
      chmodSync(join(directory, "alerts.json"), 0o600);
      const { logged } = await start({ alerts: { rules: [{ when: "model_refused" }] } });
      expect(logged[0]).toEqual({ event: "monitoring.degraded", part: "alerts", errorCode: "monitoring.damaged" });
      expect(readdirSync(directory)).toContain("alerts.json.damaged");
    },
  );

  it("answers scrapes on a port of their own where one is named", async () => {
    const { monitoring } = await start({ observability: { metrics_port: 0 } });
    const answer = await fetch(`http://127.0.0.1:${monitoring.metricsPort}/metrics`);
    expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(await answer.text()).toContain("osteon_model_calibrated_score 0.85");
  });

  it("does not start with a port that is taken, and lets its directory go", async () => {
    const { monitoring } = await start({ observability: { metrics_port: 0 } });
    const taken = { observability: { metrics_port: monitoring.metricsPort }, directory: join(folder, "other") };
    await expect(start(taken)).rejects.toMatchObject({ code: "EADDRINUSE" });
    const { logged } = await start({ directory: join(folder, "other") });
    expect(logged).toEqual([]);
  });
});
