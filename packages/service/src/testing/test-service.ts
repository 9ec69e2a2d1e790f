import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { acceptTokens } from "../authentication/accepted-tokens.ts";
import { hashToken } from "../authentication/bearer-token.ts";
import { createService } from "../create-service.ts";
import { defaultLoadLimits } from "../load/load-limits.ts";
import type { ServedModel } from "../model-source.ts";
import type { RequestFinished } from "../request-event.ts";
import type { ServiceOptions } from "../service-options.ts";
import { createSimulatedSynthesiser } from "./simulated-synthesiser.ts";

export const testToken = "token-for-tests";

export interface TestService {
  readonly app: FastifyInstance;
  /** Events so far, in order. */
  readonly events: readonly RequestFinished[];
  /** POST /generate with the token and a JSON body; the query as in an address, with its question mark. */
  readonly generate: (
    body: object,
    headers?: Readonly<Record<string, string>>,
    query?: string,
  ) => Promise<LightMyRequestResponse>;
  /** GET with the token. */
  readonly read: (url: string, headers?: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>;
}

/** A service with a simulated model; close `app` after use. `synthesiser: null` for none. */
export function startTestService(
  options: Omit<Partial<ServiceOptions>, "model"> & { readonly synthesiser?: ServedModel | null } = {},
): TestService {
  const events: RequestFinished[] = [];
  const { synthesiser = createSimulatedSynthesiser(), ...others } = options;
  const app = createService({
    // A busy machine must not make tests be refused for it.
    loadLimits: { ...defaultLoadLimits, eventLoopDelayMs: 60_000 },
    authenticator: acceptTokens([hashToken(testToken)]),
    observer: { onRequestFinished: (event) => void events.push(event) },
    ...others,
    model: () => synthesiser ?? undefined,
  });
  return {
    app,
    events,
    generate: (body, headers = {}, query = "") =>
      app.inject({
        method: "POST",
        url: `/generate${query}`,
        headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json", ...headers },
        payload: JSON.stringify(body),
      }),
    read: (url, headers = {}) => app.inject({ url, headers: { authorization: `Bearer ${testToken}`, ...headers } }),
  };
}
