import { createServer, type RequestListener } from "node:http";
import { createServer as createEncryptedServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What a stand-in answers at an address. */
export interface StandInAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly afterMs?: number;
}

/** By method and path, such as `POST /generate`; a function may tell by the token, or count. */
export type StandInAnswers = Readonly<
  Record<string, StandInAnswer | ((authorization: string | undefined) => StandInAnswer)>
>;

export const standInToken = "token-of-the-stand-in";

const refusedWithout =
  (answer: StandInAnswer) =>
  (authorization: string | undefined): StandInAnswer =>
    authorization === `Bearer ${standInToken}` ? answer : { status: 401, body: { code: "service.unauthorised" } };

/** Answers as a service does that is well and has the model `version`. */
export function wellAnswers(version: string): StandInAnswers {
  return {
    "GET /health/live": { body: { status: "alive" } },
    "GET /health": { body: { status: "healthy", model_loaded: true, model_version: version } },
    "GET /health/ready": { body: { status: "ready", reason: null } },
    "GET /usage": refusedWithout({ body: {} }),
    "POST /generate": refusedWithout({ body: {} }),
  };
}

/** A server for the time of one test which answers what it is told to, with 404 to all else. @returns its address */
export async function startStandIn(
  answers: StandInAnswers,
  tls?: { readonly cert: string; readonly key: string },
): Promise<string> {
  const listener: RequestListener = (request, response) => {
    const found = answers[`${request.method} ${request.url}`];
    const answer = typeof found === "function" ? found(request.headers.authorization) : (found ?? { status: 404 });
    const { status = 200, headers = {}, body = {}, afterMs = 0 } = answer;
    request.resume();
    setTimeout(() => response.writeHead(status, headers).end(JSON.stringify(body)), afterMs);
  };
  const server = tls === undefined ? createServer(listener) : createEncryptedServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${tls === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
