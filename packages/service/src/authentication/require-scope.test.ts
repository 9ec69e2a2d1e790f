import { expect, it } from "vitest";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";
import { createService } from "../create-service.ts";
import type { Authenticator } from "./authenticator.ts";

const synthesiser = createSimulatedSynthesiser();

async function ask(authenticate: Authenticator["authenticate"], authorization = "Bearer a-token-of-the-test") {
  const app = createService({ model: () => synthesiser, authenticator: { authenticate } });
  const answer = await app.inject({ method: "POST", url: "/generate", headers: { authorization }, payload: {} });
  await app.close();
  return { status: answer.statusCode, code: (answer.json() as { code?: string }).code };
}

it("lets those through that have the scope, or all of them", async () => {
  expect((await ask(() => ({ id: "a", scopes: ["generate"] }))).status).toBe(200);
  expect((await ask(() => Promise.resolve({ id: "a", scopes: ["admin"] }))).status).toBe(200);
});

it("answers 403 without the scope", async () => {
  const answer = await ask(() => ({ id: "a", scopes: ["audit:read", "models:promote"] }));
  expect(answer).toMatchObject({ status: 403, code: "service.scope-missing" });
});

it("answers all refusals alike, so that none tells whether a token was ever one", async () => {
  for (const refusal of ["malformed", "unknown", "expired", "revoked"] as const) {
    expect(await ask(() => refusal)).toMatchObject({ status: 401, code: "service.token-refused" });
  }
});
