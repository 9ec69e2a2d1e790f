import { createServer } from "node:net";
import { requestFinished, serviceStarted, serviceStopped, type Logger } from "@osteon/observability";
import { acceptTokens, createService, type ModelSource, type WebParts } from "@osteon/service";
import type { CommandContext } from "./command-context.ts";
import { osteonVersion } from "./version.ts";
import { builtApplication } from "./web/built-application.ts";

export interface ServingOptions {
  readonly model: ModelSource;
  readonly tokenHashes: readonly string[];
  readonly host: string;
  readonly port: number;
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
  { signal, terminal }: CommandContext,
): Promise<RunningService> {
  const { logger } = options;
  const service = createService({
    model: options.model,
    authenticator: acceptTokens(options.tokenHashes),
    web: { ...options.web, application: builtApplication() },
    observer: {
      onRequestFinished: ({ requestId, method, route, status, durationMs, failure }) =>
        logger.log(requestFinished, {
          requestId,
          method: loggedMethods.find((known) => known === method),
          route,
          status,
          durationMs,
          ...(failure?.code !== undefined && { errorCode: failure.code }),
        }),
    },
  });
  const address = await service.listen({ host: options.host, port: options.port });
  const started = Date.now();
  const port = Number(new URL(address).port);
  const modelVersion = options.model()?.modelVersion;
  logger.log(serviceStarted, { port, ...(modelVersion !== undefined && { modelVersion }), osteonVersion });
  if (!isLoopback(options.host)) {
    terminal.line(
      `Others on the network can reach ${options.host}, and the service speaks plain HTTP: put a TLS proxy before it.`,
    );
  }
  const stopped = (async () => {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    await service.close();
    logger.log(serviceStopped, { reason: "signal", uptimeMs: Date.now() - started });
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

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
