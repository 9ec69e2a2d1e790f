import { mkdir } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { AlertsConfiguration, ObservabilityConfiguration } from "@osteon/contracts";
import { lockDirectory, type DirectoryLock } from "@osteon/embedded-database";
import { OsteonError, osteonError, translateSystemError } from "@osteon/errors";
import type { Logger } from "@osteon/observability";
import type { MetricsSource, RequestFinished, UsageSource } from "@osteon/service";
import { putAsideAlertRecord, readAlertRecord, writeAlertRecord, type AlertRecord } from "./alerts/alert-record.ts";
import { AlertWatch } from "./alerts/alert-watch.ts";
import { openChannels } from "./alerts/channels/open-channels.ts";
import { monitoringDegraded } from "./events.ts";
import { listenForScrapes } from "./metrics/metrics-listener.ts";
import { ServiceMetrics } from "./metrics/service-metrics.ts";
import { monitoringLayout } from "./monitoring-layout.ts";
import { readDiskSpace } from "./sources/disk-space.ts";
import { readSources, type MonitoringSources } from "./sources/monitoring-sources.ts";
import { createTraceWriter } from "./traces/trace-writer.ts";
import { UsageFiles } from "./usage/usage-files.ts";
import { UsageHistory } from "./usage/usage-history.ts";

export interface MonitoringOptions {
  readonly observability: ObservabilityConfiguration & { readonly directory: string };
  readonly alerts: AlertsConfiguration;
  readonly sources: MonitoringSources;
  readonly logger: Pick<Logger, "log">;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly osteonVersion: string;
  /** ms since 1970. Default the system's clock. */
  readonly now?: () => number;
}

/** What a service is given of its monitoring. */
export interface Monitoring {
  readonly metrics: MetricsSource;
  readonly usage: UsageSource;
  /** Of the listener without a token; undefined where there is none. */
  readonly metricsPort: number | undefined;
  recordRequest(event: RequestFinished): void;
  recordModelLoad(version: string, durationMs: number): void;
  /** Writes what is not written yet, and ends. */
  close(): Promise<void>;
}

const flushMs = 60_000;
type Part = "usage history" | "alerts" | "metrics";

/**
 * Starts metrics, traces, usage history and alerts. A directory that cannot be used is told in the log, and history and
 * alerts are then kept in memory alone: monitoring must not keep a service from answering.
 *
 * @throws what a wrong secret, an unusable file of a channel or a port in use throw: those are mended before a start
 */
export async function startMonitoring(options: MonitoringOptions): Promise<Monitoring> {
  const { observability, alerts, logger, osteonVersion, now = Date.now } = options;
  const { directory, usage_days: days, metrics_port, traces } = observability;
  const layout = monitoringLayout(directory);
  const stop = new AbortController();
  const told = new Map<Part, string>();
  /** Once for each cause, until it works again. */
  const tell = (part: Part, error: unknown): void => {
    const known = error instanceof OsteonError ? error : translateSystemError(error);
    const code = known?.code ?? "internal";
    if (told.get(part) !== code) logger.log(monitoringDegraded, { part, errorCode: code });
    told.set(part, code);
  };

  const channels = await openChannels(alerts.channels, options.environment);
  const sources: MonitoringSources = { diskSpace: () => readDiskSpace(directory), ...options.sources };
  const lock = await takeDirectory(directory).catch((error: unknown) => {
    tell("usage history", error);
    return undefined;
  });
  const history = new UsageHistory({ now, days, ...(lock && { files: new UsageFiles(layout.usage) }) });
  const flush = async (): Promise<void> => {
    try {
      await history.flush();
      if (lock) told.delete("usage history");
    } catch (error) {
      tell("usage history", error);
    }
  };
  try {
    if ((await history.load()) > 0) throw osteonError("monitoring.damaged", { file: layout.usage });
  } catch (error) {
    tell("usage history", error);
  }
  const record = lock && (await readRecord(layout.alerts, tell));
  const metrics = new ServiceMetrics({ sources, osteonVersion, firingAlerts: () => watch.firing() });
  const watch = new AlertWatch({
    configuration: alerts,
    channels,
    facts: async () => ({
      sources: await readSources(sources),
      recent: (minutes, route) => history.recent(minutes, route),
      now: now(),
    }),
    logger,
    ...(record && { record }),
    ...(lock && { save: (state: AlertRecord) => writeAlertRecord(layout.alerts, state) }),
    onDelivery: (channel, outcome) => metrics.recordDelivery(channel, outcome),
  });
  const listener =
    metrics_port === undefined
      ? undefined
      : await listenForScrapes(metrics, metrics_port).catch(async (error: unknown) => {
          await lock?.release();
          throw error;
        });
  const tracing =
    traces.endpoint === undefined
      ? undefined
      : await createTraceWriter({
          endpoint: traces.endpoint,
          trustIncoming: traces.trust_incoming,
          sampledShare: traces.sampled_share,
          osteonVersion,
        });

  const repeat = async (everyMs: number, work: () => Promise<void>): Promise<void> => {
    while (!stop.signal.aborted) {
      await work();
      await delay(everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
  };
  const lookAtAlerts = async (): Promise<void> => {
    try {
      await watch.check(stop.signal);
      told.delete("alerts");
    } catch (error) {
      tell("alerts", error);
    }
  };
  const watching = alerts.rules.length === 0 ? Promise.resolve() : repeat(alerts.every_seconds * 1000, lookAtAlerts);
  const flushing = repeat(flushMs, flush);

  return {
    metrics,
    usage: history,
    metricsPort: listener?.port,
    recordRequest(event) {
      metrics.recordRequest(event);
      history.record(event);
      tracing?.recordRequest(event);
    },
    recordModelLoad(version, durationMs) {
      tracing?.recordModelLoad(version, durationMs);
    },
    async close() {
      stop.abort();
      await Promise.all([watching, flushing, listener?.close(), tracing?.close()]);
      await flush();
      await lock?.release();
    },
  };
}

/** The history of two processes in one directory would write over each other. */
async function takeDirectory(directory: string): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return lockDirectory(directory, ({ pid, host }) => osteonError("monitoring.in-use", { pid, host, directory }));
}

async function readRecord(path: string, tell: (part: Part, error: unknown) => void): Promise<AlertRecord | undefined> {
  try {
    return await readAlertRecord(path);
  } catch (error) {
    tell("alerts", error);
    if (error instanceof OsteonError) await putAsideAlertRecord(path).catch(() => undefined);
    return undefined;
  }
}
