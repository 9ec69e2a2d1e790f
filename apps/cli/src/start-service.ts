import { createServer } from "node:net";
import type { Configuration, ServiceConfiguration } from "@osteon/contracts";
import {
  describeModelOnAir,
  readCertificateExpiry,
  startMonitoring,
  type MonitoringOptions,
  type MonitoringSources,
} from "@osteon/monitoring";
import {
  authRefused,
  certificateRefused,
  certificateRenewed,
  requestFinished,
  serviceStarted,
  serviceStopped,
  type Logger,
} from "@osteon/observability";
import {
  createService,
  followCertificate,
  readCertificatePair,
  replaceCertificate,
  type Authenticator,
  type ModelSource,
  type WebParts,
} from "@osteon/service";
import type { ServiceAudit } from "./audit/service-audit.ts";
import { refusePlainHttp } from "./access/refuse-plain-http.ts";
import type { CommandContext } from "./command-context.ts";
import type { ModelLoads } from "./monitoring/model-loads.ts";
import { osteonVersion } from "./version.ts";
import { builtApplication } from "./web/built-application.ts";

export interface ServingOptions {
  readonly model: ModelSource;
  readonly authenticator: Authenticator;
  /** Where it listens and what it lets clients do; with the host and port in force. */
  readonly service: ServiceConfiguration;
  /** Undefined where there is no audit trail. */
  readonly audit: ServiceAudit | undefined;
  readonly observability: MonitoringOptions["observability"];
  readonly alerts: Configuration["alerts"];
  /** Of what is told of the service's surroundings; its model and its certificate tell for themselves. */
  readonly sources: MonitoringSources;
  readonly modelLoads?: ModelLoads;
  /** What the web application shows beside the model. */
  readonly web: Omit<WebParts, "application">;
  /** Closed when the service has stopped. */
  readonly logger: Logger;
}

const loggedMethods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] as const;

/** A service that listens. */
export interface RunningService {
  /** With the port that was free, where 0 was asked for. */
  readonly address: string;
  /** Resolves after the last request was answered, once the signal is given. */
  readonly stopped: Promise<void>;
}

/** Starts the service and lets it run until the context's signal. */
export async function startService(
  options: ServingOptions,
  { signal, terminal, environment }: CommandContext,
): Promise<RunningService> {
  const { logger, audit, model, observability, alerts } = options;
  const { host, port: wishedPort, limits, load, tls, behind_proxy, trust_proxy } = options.service;
  refusePlainHttp(options.service);
  const paths = tls && { certificatePath: tls.certificate_path, keyPath: tls.key_path };
  const pair = paths && (await readCertificatePair(paths));
  const sources: MonitoringSources = {
    model: () => describeModelOnAir(model()),
    queueDepth: () => model()?.waiting?.(),
    cacheHits: () => model()?.profileCache?.().hits,
    cacheMisses: () => model()?.profileCache?.().misses,
    ...(tls && { certificateExpiry: () => readCertificateExpiry(tls.certificate_path) }),
    ...options.sources,
  };
  const monitoring = await startMonitoring({ observability, alerts, sources, logger, environment, osteonVersion });
  options.modelLoads?.listen((version, durationMs) => monitoring.recordModelLoad(version, durationMs));
  const service = createService({
    model,
    authenticator: options.authenticator,
    web: { ...options.web, application: builtApplication() },
    ...(audit && { audit: audit.generation }),
    limits,
    loadLimits: {
      requests: load.requests_under_way,
      patients: load.patients_under_way,
      eventLoopDelayMs: load.event_loop_delay_ms,
      answerMs: load.answer_timeout_ms,
    },
    trustedProxies: trust_proxy,
    tls: pair ?? null,
    metrics: monitoring.metrics,
    usage: monitoring.usage,
    strictTransport: pair !== undefined || behind_proxy,
    observer: {
      onRequestFinished: (event) => {
        audit?.observe(event);
        const { requestId, method, route, status, durationMs, failure, tokenRefusal } = event;
        if (tokenRefusal !== undefined) logger.log(authRefused, { requestId, route, reason: tokenRefusal });
        logger.log(requestFinished, {
          requestId,
          method: loggedMethods.find((known) => known === method),
          route,
          status,
          durationMs,
          ...(failure?.code !== undefined && { errorCode: failure.code }),
        });
        monitoring.recordRequest(event);
      },
    },
  });
  try {
    await audit?.started(model()?.modelVersion);
  } catch (error) {
    await monitoring.close();
    throw error;
  }
  let address: string;
  try {
    address = await service.listen({ host, port: wishedPort });
  } catch (error) {
    await monitoring.close();
    await audit?.stopped("failure");
    throw error;
  }
  if (paths && pair) {
    void followCertificate({
      ...paths,
      first: pair,
      signal,
      onRenewed: (renewed) => {
        replaceCertificate(service, renewed);
        logger.log(certificateRenewed, {});
      },
      onRefused: (errorCode) => logger.log(certificateRefused, { errorCode }),
    });
  }
  const started = Date.now();
  const port = Number(new URL(address).port);
  const modelVersion = model()?.modelVersion;
  logger.log(serviceStarted, { port, ...(modelVersion !== undefined && { modelVersion }), osteonVersion });
  if (monitoring.metricsPort !== undefined) {
    terminal.line(`Metrics, for this computer alone: http://127.0.0.1:${monitoring.metricsPort}/metrics`);
  }
  const stopped = (async () => {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    const { drain_notice_ms: noticeMs, drain_timeout_ms: timeoutMs } = options.service;
    const wasInTime = await service.drain({ noticeMs, timeoutMs });
    await monitoring.close();
    await audit?.stopped("signal");
    logger.log(serviceStopped, { reason: wasInTime ? "signal" : "deadline", uptimeMs: Date.now() - started });
    logger.close();
  })();
  return { address, stopped };
}

/**
 * Fails as listening would where a port cannot be had: before work whose end is a service.
 *
 * @throws the system's error, `EADDRINUSE` above all
 */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(port, host, resolve);
  });
  await new Promise((resolve) => void probe.close(resolve));
}
