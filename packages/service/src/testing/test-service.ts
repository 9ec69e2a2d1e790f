import type { Synthesiser } from "@osteon/generator";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { acceptTokens } from "../authentication/accepted-tokens.ts";
import { hashToken } from "../authentication/bearer-token.ts";
import { createService } from "../create-service.ts";
import type { RequestFinished } from "../request-event.ts";
import type { ServiceOptions } from "../service-options.ts";
import { createSimulatedSynthesiser } from "./simulated-synthesiser.ts";

export const testToken = "token-for-tests";

export interface TestService {
  readonly app: FastifyInstance;
  /** Events so far, in order. */
  readonly events: readonly RequestFinished[];
  /** POST /generate with the token and a JSON body. */
  readonly generate: (body: object, headers?: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>;
}

/** A service with a simulated model; close `app` after use. `synthesiser: null` for none. */
export function startTestService(
  options: Omit<Partial<ServiceOptions>, "model"> & { readonly synthesiser?: Synthesiser | null } = {},
): TestService {
  const events: RequestFinished[] = [];
  const { synthesiser = createSimulatedSynthesiser(), ...others } = options;
  const app = createService({
    authenticator: acceptTokens([hashToken(testToken)]),
    observer: { onRequestFinished: (event) => void events.push(event) },
    ...others,
    model: () => synthesiser ?? undefined,
  });
  return {
    app,
    events,
    generate: (body, headers = {}) =>
      app.inject({
        method: "POST",
        url: "/generate",
        headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json", ...headers },
        payload: JSON.stringify(body),
      }),
  };
}
