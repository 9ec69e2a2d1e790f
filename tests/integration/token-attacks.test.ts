import { createHmac, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { problemSchema } from "@osteon/contracts";
import { exportJWK, exportSPKI, generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issuer, startGuardedService, type GuardedService } from "./support/guarded-service.ts";

let service: GuardedService;
beforeAll(async () => {
  service = await startGuardedService({ refusals_per_minute: 0 });
});
afterAll(() => service.app.close());

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const soon = () => Math.floor(Date.now() / 1000) + 300;
const rightClaims = () => ({ iss: issuer, aud: "osteon", sub: "a", scope: "generate", exp: soon() });
const ask = (token: string) => service.generate({}, { authorization: `Bearer ${token}` });

async function expectRefused(token: string): Promise<void> {
  const answer = await ask(token);
  expect(answer.statusCode).toBe(401);
  expect(problemSchema.parse(answer.json())).toMatchObject({ code: "service.token-refused" });
  expect(answer.headers["www-authenticate"]).toBe('Bearer realm="osteon", error="invalid_token"');
  // Nothing tells which of the checks it failed.
  const { instance: _, ...told } = answer.json<Record<string, unknown>>();
  expect(JSON.stringify(told)).not.toMatch(/signature|expired|audience|issuer|alg|kid|CANARY/i);
}

describe("a JSON Web Token", () => {
  it("is accepted when all is right", async () => {
    expect((await ask(await service.provider.sign())).statusCode).toBe(200);
    expect(service.events.at(-1)!.principal).toMatch(/^oidc-[0-9a-f]{16}$/);
    expect(JSON.stringify(service.events)).not.toContain("CANARY");
  });

  it.each<[string, Record<string, unknown>]>([
    ["has expired", { exp: 1_700_000_000 }],
    ["has no end", { exp: undefined }],
    ["ends at no number", { exp: "2999-01-01" }],
    ["begins later", { nbf: 4_000_000_000 }],
    ["is for another audience", { aud: "other" }],
    ["is for other audiences", { aud: ["other", "osteon2"] }],
    ["is for no audience", { aud: undefined }],
    ["is of another issuer", { iss: "https://evil.example" }],
    ["is of an issuer that begins alike", { iss: `${issuer}/` }],
    ["is of no issuer", { iss: undefined }],
    ["is of nobody", { sub: undefined }],
  ])("is refused when it %s", async (_, claims) => {
    await expectRefused(await service.provider.sign({ claims }));
  });

  it("is refused without a signature, whatever its header calls none", async () => {
    for (const alg of ["none", "None", "NONE", "nOnE", ""]) {
      const unsigned = `${encode({ alg, kid: "k1" })}.${encode(rightClaims())}`;
      const answers = await Promise.all([`${unsigned}.`, `${unsigned}.AAAA`].map(ask));
      for (const answer of answers) expect(answer.statusCode).toBe(401);
    }
  });

  it("is refused when it is signed with the public key as if that were a shared secret", async () => {
    const spki = await exportSPKI(service.provider.publicKey);
    const jwk = JSON.stringify(await exportJWK(service.provider.publicKey));
    for (const secret of [spki, spki.trim(), jwk]) {
      for (const [alg, hash] of [
        ["HS256", "sha256"],
        ["HS512", "sha512"],
      ] as const) {
        const signed = `${encode({ alg, kid: "k1" })}.${encode(rightClaims())}`;
        await expectRefused(`${signed}.${createHmac(hash, secret).update(signed).digest("base64url")}`);
      }
    }
  });

  it("is refused with an algorithm that is not configured, even where the provider publishes the key for it", async () => {
    const pair = await generateKeyPair("ES256");
    const secret = Buffer.alloc(32, 7);
    const elliptic = { ...(await exportJWK(pair.publicKey)), kid: "k1" };
    const shared = { kty: "oct", k: secret.toString("base64url"), kid: "k1" };
    const other = await startGuardedService({}, { fetchKeys: () => Promise.resolve({ keys: [elliptic, shared] }) });
    const header = `${encode({ alg: "HS256", kid: "k1" })}.${encode(rightClaims())}`;
    for (const token of [
      await other.provider.sign({ header: { alg: "ES256" }, by: pair.privateKey }),
      `${header}.${createHmac("sha256", secret).update(header).digest("base64url")}`,
    ]) {
      expect((await other.generate({}, { authorization: `Bearer ${token}` })).statusCode).toBe(401);
    }
    await other.app.close();
  });

  it("is refused with a signature that is forged, cut, moved from another token or of another's key", async () => {
    const token = await service.provider.sign();
    const [header, , signature] = token.split(".") as [string, string, string];
    await expectRefused(`${header}.${encode({ ...rightClaims(), scope: "admin" })}.${signature}`);
    await expectRefused(token.slice(0, -8));
    await expectRefused(`${token.slice(0, -8)}AAAAAAAA`);
    const { privateKey } = await generateKeyPair("RS256");
    await expectRefused(await service.provider.sign({ by: privateKey }));
    await expectRefused(await service.provider.sign({ by: privateKey, header: { kid: "unknown" } }));
    await expectRefused(await service.provider.sign({ header: { kid: "../../dev/null" } }));
  });

  it("is refused with a critical header that nobody here understands", async () => {
    const signed = `${encode({ alg: "RS256", kid: "k1", crit: ["x"], x: 1 })}.${encode(rightClaims())}`;
    await expectRefused(`${signed}.AAAA`);
  });

  it("brings no key of its own, and makes the service fetch nothing", async () => {
    let fetched = 0;
    const server = createServer((_, response) => {
      fetched++;
      response.end("{}");
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    const jwk = { ...(await exportJWK(publicKey)), kid: "own" };
    for (const header of [
      { kid: "own", jwk },
      { kid: "own", jku: url },
      { kid: "own", x5u: url },
      { kid: "k1", jwk },
    ]) {
      await expectRefused(await service.provider.sign({ header, by: privateKey }));
    }
    expect(fetched).toBe(0);
    server.close();
  });

  it("is refused where the provider publishes keys too short to be safe", async () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const jwk = { ...short.publicKey.export({ format: "jwk" }), kid: "k1", alg: "RS256" };
    const other = await startGuardedService({}, { fetchKeys: () => Promise.resolve({ keys: [jwk] }) });
    const answer = await other.generate({}, { authorization: `Bearer ${await other.provider.sign()}` });
    expect(answer.statusCode).toBe(401);
    await other.app.close();
  });

  it("gets no scope from words that are none, nor from other claims", async () => {
    const answers = await Promise.all(
      [
        { scope: "openid profile" },
        { scope: "GENERATE generate-bulk" },
        { scope: undefined, roles: ["admin"], scopes: ["admin"], permissions: ["generate"] },
        { scope: { generate: true } },
      ].map(async (claims) => ask(await service.provider.sign({ claims }))),
    );
    for (const answer of answers) {
      expect(answer.statusCode).toBe(403);
      expect(answer.headers["www-authenticate"]).toContain('error="insufficient_scope", scope="generate"');
    }
  });
});

describe("any other token", () => {
  it("is refused, whatever it looks like", async () => {
    const key = service.issueKey("generate");
    expect((await ask(key)).statusCode).toBe(200);
    const tampered = key.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    for (const token of [
      tampered,
      key.slice(0, -1),
      `${key}0`,
      "a.b.c",
      "..",
      "eyJ.eyJ.eyJ",
      "osteon_",
      "null",
      "x".repeat(8_000),
    ]) {
      expect((await ask(token)).statusCode).toBe(401);
    }
  });

  it("is taken from the Authorization header and from nowhere else", async () => {
    const key = service.issueKey("generate");
    const elsewhere = [
      { url: `/generate?access_token=${key}`, headers: {} },
      { url: "/generate", headers: { cookie: `token=${key}; access_token=${key}` } },
      { url: "/generate", headers: { "x-api-key": key, "proxy-authorization": `Bearer ${key}` } },
      { url: "/generate", headers: { authorization: `Basic ${Buffer.from(`x:${key}`).toString("base64")}` } },
    ];
    for (const { url, headers } of elsewhere) {
      const answer = await service.app.inject({ method: "POST", url, headers, payload: { access_token: key } });
      expect(answer.statusCode).toBe(401);
      expect(answer.body).not.toContain(key);
    }
  });
});
