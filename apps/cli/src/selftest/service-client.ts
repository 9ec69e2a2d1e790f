import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { TLSSocket } from "node:tls";

/** What a service answered, and how long it took until the last byte was here. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly durationMs: number;
  /** Whether the connection was there already. */
  readonly isReused: boolean;
}

/** How a connection is encrypted. */
interface Encryption {
  /** Such as `TLSv1.3`. */
  readonly protocol: string;
  readonly certificateEnds: Date;
}

interface ServiceRequest {
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly body?: object;
  /** Sent as a bearer token; left out, nobody says who he is. */
  readonly token?: string | undefined;
}

/** Asks one service over one connection, which is kept. Certificates are checked; redirections are not followed. */
export interface ServiceClient {
  /** @throws the system's errors of connections, `ETIMEDOUT` after ten seconds of silence */
  ask(request: ServiceRequest): Promise<ServiceAnswer>;
  /** Of the last connection; undefined without TLS. */
  encryption(): Encryption | undefined;
  close(): void;
}

const silenceMs = 10_000;

/** @param address where the service is, with the path under which a proxy has it */
export function openServiceClient(address: URL, signal: AbortSignal): ServiceClient {
  const isEncrypted = address.protocol === "https:";
  const options = { keepAlive: true, maxSockets: 1 };
  const agent = isEncrypted ? new HttpsAgent(options) : new HttpAgent(options);
  const base = address.href.endsWith("/") ? address.href : `${address.href}/`;
  let encryption: Encryption | undefined;
  const ask = ({ method = "GET", path, body, token }: ServiceRequest, isFirst = true): Promise<ServiceAnswer> =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        ...(payload !== undefined && {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(payload),
        }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
      const send = isEncrypted ? httpsRequest : httpRequest;
      const began = performance.now();
      const sent = send(new URL(path.slice(1), base), { method, headers, agent, signal }, (response) => {
        encryption = encryptionOf(response.socket) ?? encryption;
        let text = "";
        response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
        response.once("error", reject);
        response.once("end", () => {
          const durationMs = performance.now() - began;
          const { statusCode = 0, headers: answered } = response;
          resolve({ status: statusCode, headers: answered, body: text, durationMs, isReused: sent.reusedSocket });
        });
      });
      sent.setTimeout(silenceMs, () =>
        sent.destroy(Object.assign(new Error("no answer within ten seconds"), { code: "ETIMEDOUT" })),
      );
      sent.once("error", (error: NodeJS.ErrnoException) => {
        // The service ended an idle connection in the very moment in which it was used again.
        const isStale = isFirst && sent.reusedSocket && error.code === "ECONNRESET";
        if (isStale) ask({ method, path, ...(body && { body }), token }, false).then(resolve, reject);
        else reject(error);
      });
      sent.end(payload);
    });
  return { ask: (request) => ask(request), encryption: () => encryption, close: () => agent.destroy() };
}

function encryptionOf(socket: IncomingMessage["socket"]): Encryption | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const certificate = socket.getPeerX509Certificate();
  const protocol = socket.getProtocol();
  return certificate === undefined || protocol === null
    ? undefined
    : { protocol, certificateEnds: certificate.validToDate };
}
