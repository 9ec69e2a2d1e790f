import { sessionSchema, type Scope } from "@osteon/contracts";
import { afterEach, describe, expect, it } from "vitest";
import type { Authenticator } from "../authentication/authenticator.ts";
import { startTestService, testToken, type TestService } from "../testing/test-service.ts";

let service: TestService | undefined;
afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

const application = async () => null;
const own = { "x-osteon-request": "1" };

function start(authenticator?: Authenticator): TestService {
  service = startTestService({ web: { application }, ...(authenticator && { authenticator }) });
  return service;
}

async function signIn({ app }: TestService, token = testToken): Promise<{ cookie: string; header: string }> {
  const answer = await app.inject({ method: "POST", url: "/session", headers: { authorization: `Bearer ${token}` } });
  expect(answer.statusCode).toBe(201);
  const header = String(answer.headers["set-cookie"]);
  return { cookie: header.split(";")[0]!, header };
}

describe("POST /session", () => {
  it("opens a session by a cookie that no script reads and no other site sends", async () => {
    const { header } = await signIn(start());
    expect(header).toMatch(/^osteon-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(header).not.toContain(testToken);
  });

  it("gives under TLS one that comes by TLS alone and for this host alone", async () => {
    const { app } = start();
    // Fastify takes the protocol from the socket.
    app.addHook("onRequest", async (request) => void Object.defineProperty(request, "protocol", { value: "https" }));
    await app.ready();
    const { header } = await signIn(service!);
    expect(header).toMatch(/^__Host-osteon-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  });

  it("opens none without an accepted token, nor by another session", async () => {
    const { app } = start();
    const { cookie } = await signIn(service!);
    const tries = [{}, { authorization: "Bearer wrong-token" }, { cookie, ...own }];
    for (const headers of tries) {
      const answer = await app.inject({ method: "POST", url: "/session", headers });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
  });

  it("ends the session before, so that signing in again leaves none behind", async () => {
    const { app } = start();
    const { cookie } = await signIn(service!);
    const headers = { authorization: `Bearer ${testToken}`, cookie };
    await app.inject({ method: "POST", url: "/session", headers });
    const answer = await app.inject({ url: "/session", headers: { cookie } });
    expect(answer.json()).toMatchObject({ principal: null });
  });
});

describe("a session", () => {
  it("does what its token does, where the request is the application's own", async () => {
    const { app } = start();
    const { cookie } = await signIn(service!);
    const ask = (headers: Record<string, string>) =>
      app.inject({ method: "POST", url: "/generate", headers: { cookie, ...headers }, payload: { count: 1 } });
    expect((await ask(own)).statusCode).toBe(200);
    expect((await ask({ ...own, "sec-fetch-site": "same-origin" })).statusCode).toBe(200);
    for (const foreign of [{}, { ...own, "sec-fetch-site": "cross-site" }, { ...own, "sec-fetch-site": "same-site" }]) {
      const answer = await ask(foreign);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, "service.foreign-request"]);
    }
  });

  it("tells who is signed in and what there is to look at; to nobody that nobody is", async () => {
    const { app } = start();
    const { cookie } = await signIn(service!);
    const known = sessionSchema.parse((await app.inject({ url: "/session", headers: { cookie } })).json());
    expect(known).toMatchObject({ principal: "token-1", parts: [] });
    expect(known.scopes).toContain("admin");
    expect(Date.parse(known.expires_at!) - Date.now()).toBeGreaterThan(11 * 3_600_000);
    const nobody = { principal: null, scopes: [], expires_at: null, parts: [] };
    expect((await app.inject({ url: "/session" })).json()).toEqual(nobody);
    expect((await app.inject({ url: "/session", headers: { cookie: "osteon-session=made-up" } })).json()).toEqual(
      nobody,
    );
  });

  it("ends when somebody signs out, and cannot be signed out of by another site", async () => {
    const { app } = start();
    const { cookie } = await signIn(service!);
    const leave = (headers: Record<string, string>) =>
      app.inject({ method: "DELETE", url: "/session", headers: { cookie, ...headers } });
    expect((await leave({})).statusCode).toBe(403);
    const left = await leave(own);
    expect(left.statusCode).toBe(204);
    expect(String(left.headers["set-cookie"])).toMatch(/^osteon-session=; .*Expires=Thu, 01 Jan 1970/);
    const answer = await app.inject({ method: "POST", url: "/generate", headers: { cookie, ...own }, payload: {} });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, "service.session-ended"]);
    expect((await leave(own)).statusCode).toBe(204);
  });

  it("ends with its token, and has its token's scopes and no more", async () => {
    let scopes: readonly Scope[] | "revoked" = ["audit:read"];
    const { app } = start({ authenticate: () => (scopes === "revoked" ? "revoked" : { id: "key-1", scopes }) });
    const { cookie } = await signIn(service!);
    const ask = () => app.inject({ method: "POST", url: "/generate", headers: { cookie, ...own }, payload: {} });
    expect((await ask()).statusCode).toBe(403);
    scopes = ["generate"];
    expect((await ask()).statusCode).toBe(200);
    scopes = "revoked";
    expect((await ask()).statusCode).toBe(401);
  });

  it("is not there where there is no web application", async () => {
    service = startTestService();
    expect((await service.app.inject({ method: "POST", url: "/session" })).statusCode).toBe(404);
    const headers = { cookie: "osteon-session=x", ...own };
    const answer = await service.app.inject({ method: "POST", url: "/generate", headers, payload: {} });
    expect(answer.json()).toMatchObject({ code: "service.token-missing" });
  });
});
