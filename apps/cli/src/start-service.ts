import { createServer } from "node:net";
import type { ServiceConfiguration } from "@osteon/contracts";
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
} from "@osteon/service";
import { refusePlainHttp } from "./access/refuse-plain-http.ts";
import type { CommandContext } from "./command-context.ts";
import { osteonVersion } from "./version.ts";

export interface ServingOptions {
  readonly model: ModelSource;
  readonly authenticator: Authenticator;
  /** Where it listens and what it lets clients do; with the host and port in force. */
  readonly service: ServiceConfiguration;
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
export async function startService(options: ServingOptions, { signal }: CommandContext): Promise<RunningService> {
  const { logger, service: serving } = options;
  const { host, port: wishedPort, limits, tls, behind_proxy, trust_proxy } = serving;
  refusePlainHttp(serving);
  const paths = tls && { certificatePath: tls.certificate_path, keyPath: tls.key_path };
  const pair = paths && (await readCertificatePair(paths));
  const service = createService({
    model: options.model,
    authenticator: options.authenticator,
    limits,
    loadLimits: {
      requests: serving.load.requests_under_way,
      patients: serving.load.patients_under_way,
      eventLoopDelayMs: serving.load.event_loop_delay_ms,
      answerMs: serving.load.answer_timeout_ms,
    },
    trustedProxies: trust_proxy,
    tls: pair ?? null,
    strictTransport: pair !== undefined || behind_proxy,
    observer: {
      onRequestFinished: ({ requestId, method, route, status, durationMs, failure, tokenRefusal }) => {
        if (tokenRefusal !== undefined) logger.log(authRefused, { requestId, route, reason: tokenRefusal });
        logger.log(requestFinished, {
          requestId,
          method: loggedMethods.find((known) => known === method),
          route,
          status,
          durationMs,
          ...(failure?.code !== undefined && { errorCode: failure.code }),
        });
      },
    },
  });
  const address = await service.listen({ host, port: wishedPort });
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
  const modelVersion = options.model()?.modelVersion;
  logger.log(serviceStarted, { port, ...(modelVersion !== undefined && { modelVersion }), osteonVersion });
  const stopped = (async () => {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    const wasInTime = await service.drain({ noticeMs: serving.drain_notice_ms, timeoutMs: serving.drain_timeout_ms });
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
