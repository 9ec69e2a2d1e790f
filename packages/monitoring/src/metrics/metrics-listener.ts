import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { MetricsSource } from "@osteon/service";

export interface MetricsListener {
  readonly port: number;
  close(): Promise<void>;
}

/** Names under which this computer reaches itself: a page from elsewhere that was pointed here comes under its own. */
const loopbackNames = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

/**
 * Answers `GET /metrics` on this computer alone, without a token, for a Prometheus or an agent beside the service.
 *
 * @param port 0 for any free one
 * @throws the system's error, `EADDRINUSE` above all
 */
export async function listenForScrapes(metrics: MetricsSource, port: number): Promise<MetricsListener> {
  const server = createServer((request, response) => {
    const refuse = (status: number): void => void response.writeHead(status).end();
    if (!loopbackNames.test(request.headers.host ?? "")) return refuse(403);
    if (request.url !== "/metrics") return refuse(404);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(405);
    metrics.render().then(
      (text) =>
        void response.writeHead(200, { "content-type": metrics.contentType, "cache-control": "no-store" }).end(text),
      () => refuse(500),
    );
  });
  server.requestTimeout = 10_000;
  server.maxConnections = 16;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
