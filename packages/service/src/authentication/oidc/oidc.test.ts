import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet, type JWTPayload } from "jose";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { acceptIdentityTokens, type IdentityTokenOptions } from "./accept-identity-tokens.ts";
import { FollowedKeySet, type KeySetSource } from "./key-set.ts";
import { keySetAt, keySetInFile } from "./key-set-sources.ts";
import { scopesOfClaims } from "./scopes-of-claims.ts";
import { subjectId } from "./subject-id.ts";
import { obtainSubjectKey } from "./subject-key-file.ts";

const issuer = "https://login.hospital.example";
const subjectKey = new Uint8Array(32).fill(7);
let keys: Record<"one" | "two", { privateKey: CryptoKey; publicKey: CryptoKey }>;
beforeAll(async () => {
  const [one, two] = await Promise.all([generateKeyPair("ES256"), generateKeyPair("ES256")]);
  keys = { one, two };
});
const publish = async (...names: ("one" | "two")[]): Promise<JSONWebKeySet> => ({
  keys: await Promise.all(
    names.map(async (kid) => ({ ...(await exportJWK(keys[kid].publicKey)), kid, alg: "ES256", use: "sig" })),
  ),
});
const tokenOf = (kid: "one" | "two", claims: JWTPayload = {}) =>
  new SignJWT({ scope: "openid generate", ...claims })
    .setProtectedHeader({ alg: "ES256", kid })
    .setIssuer(issuer)
    .setAudience("osteon")
    .setSubject("ann@hospital.example")
    .setExpirationTime("5m")
    .sign(keys[kid].privateKey);

/** An authenticator whose provider and clock the test moves. */
function start(fetch: () => Promise<JSONWebKeySet>, options: Partial<IdentityTokenOptions> = {}) {
  let nowMs = 1_000_000;
  let fetches = 0;
  const failures: string[] = [];
  const source: KeySetSource = {
    place: "the test",
    freshMs: 600_000,
    pauseMs: 30_000,
    fetch: () => {
      fetches++;
      return fetch();
    },
  };
  const authenticator = acceptIdentityTokens({
    issuer,
    audience: "osteon",
    algorithms: ["ES256"],
    keys: new FollowedKeySet({ source, clock: () => nowMs, onUnavailable: (code) => void failures.push(code) }),
    subjectKey,
    ...options,
  });
  const authenticate = async (token: string) => authenticator.authenticate(token);
  return { authenticate, pass: (ms: number) => void (nowMs += ms), fetchCount: () => fetches, failures };
}
const away = () => Promise.reject(Object.assign(new Error("CANARY"), { code: "ECONNREFUSED" }));
const unavailable = { code: "service.identity-provider-unavailable" };

describe("a token of the identity provider", () => {
  it("is accepted with the scopes it names, under a keyed hash of its subject", async () => {
    const { authenticate } = start(() => publish("one"));
    const principal = await authenticate(await tokenOf("one"));
    expect(principal).toEqual({ id: subjectId(subjectKey, issuer, "ann@hospital.example"), scopes: ["generate"] });
    expect(JSON.stringify(principal)).not.toContain("ann");
  });

  it("may begin or end within the 30 s that clocks differ by, and not beyond", async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const { authenticate } = start(() => publish("one"));
    const withTimes = async (exp: number, nbf: number) =>
      authenticate(
        await new SignJWT({ scope: "generate", nbf: seconds + nbf })
          .setProtectedHeader({ alg: "ES256", kid: "one" })
          .setIssuer(issuer)
          .setAudience("osteon")
          .setSubject("ann")
          .setExpirationTime(seconds + exp)
          .sign(keys.one.privateKey),
      );
    expect(await withTimes(-20, -60)).toMatchObject({ scopes: ["generate"] });
    expect(await withTimes(60, 20)).toMatchObject({ scopes: ["generate"] });
    expect(await withTimes(-40, -60)).toBe("expired");
    expect(await withTimes(60, 60)).toBe("unknown");
  });

  it.each<[string, JWTPayload]>([
    ["no subject", { sub: undefined } as unknown as JWTPayload],
    ["an empty subject", { sub: "" }],
    ["a subject that is no text", { sub: 7 } as unknown as JWTPayload],
  ])("is refused with %s", async (_, claims) => {
    const { authenticate } = start(() => publish("one"));
    const token = await new SignJWT({ iss: issuer, aud: "osteon", ...claims })
      .setProtectedHeader({ alg: "ES256", kid: "one" })
      .setExpirationTime("5m")
      .sign(keys.one.privateKey);
    expect(["malformed", "unknown"]).toContain(await authenticate(token));
  });
});

describe("the keys of the identity provider", () => {
  it("go on while it is away; a token of an unknown key cannot be told, and is told when it is back", async () => {
    let isAway = false;
    const { authenticate, pass, failures } = start(() => (isAway ? away() : publish("one")));
    const [known, unknown] = [await tokenOf("one"), await tokenOf("two")];
    expect(await authenticate(known)).toMatchObject({ scopes: ["generate"] });
    isAway = true;
    pass(3_600_000);
    expect(await authenticate(known)).toMatchObject({ scopes: ["generate"] });
    await expect(authenticate(unknown)).rejects.toMatchObject(unavailable);
    pass(1_000);
    // Within the pause the provider is not asked, and the answer is the same.
    await expect(authenticate(unknown)).rejects.toMatchObject(unavailable);
    expect(failures).toEqual(["access.key-set"]);
    isAway = false;
    pass(60_000);
    expect(await authenticate(unknown)).toBe("unknown");
    expect(await authenticate(known)).toMatchObject({ scopes: ["generate"] });
  });

  it("are not believed for more than a day without the provider", async () => {
    let isAway = false;
    const { authenticate, pass } = start(() => (isAway ? away() : publish("one")));
    const token = await tokenOf("one");
    await authenticate(token);
    isAway = true;
    pass(86_400_000 - 1);
    expect(await authenticate(token)).toMatchObject({ scopes: ["generate"] });
    pass(60_000);
    await expect(authenticate(token)).rejects.toMatchObject(unavailable);
  });

  it("are unavailable where none was ever had, without a word of the cause", async () => {
    const { authenticate } = start(away);
    const error: unknown = await authenticate(await tokenOf("one")).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(unavailable);
    expect(String(error)).not.toMatch(/CANARY|ECONNREFUSED/);
  });

  it("are fetched again for a key that came since, and one that was withdrawn ends", async () => {
    let names: ("one" | "two")[] = ["one"];
    const { authenticate, pass } = start(() => publish(...names));
    const [first, second] = [await tokenOf("one"), await tokenOf("two")];
    await authenticate(first);
    names = ["two"];
    pass(31_000);
    expect(await authenticate(second)).toMatchObject({ scopes: ["generate"] });
    expect(await authenticate(first)).toBe("unknown");
  });

  it("are asked for once by many tokens of unknown keys", async () => {
    const { authenticate, fetchCount } = start(() => publish("one"));
    const unknown = await tokenOf("two");
    await Promise.all(Array.from({ length: 50 }, () => authenticate(unknown)));
    expect(fetchCount()).toBe(1);
  });

  it.each([
    ["no list", {} as JSONWebKeySet],
    ["a list of other things", { keys: [1, null] } as unknown as JSONWebKeySet],
  ])("are not taken from %s", async (_, answer) => {
    const { authenticate } = start(() => Promise.resolve(answer));
    await expect(authenticate(await tokenOf("one"))).rejects.toMatchObject(unavailable);
  });
});

describe("where keys come from", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());
  const serve = async (status: number, headers: Record<string, string>, body: string): Promise<URL> => {
    server = createServer((_, response) => void response.writeHead(status, headers).end(body));
    await new Promise<void>((resolve) => void server!.listen(0, "127.0.0.1", resolve));
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
  };

  it("is an address, and no other that it points to", async () => {
    const body = JSON.stringify(await publish("one"));
    expect((await keySetAt(await serve(200, {}, body)).fetch()).keys).toHaveLength(1);
    const elsewhere = await serve(302, { location: "http://127.0.0.1:9/other" }, "");
    await expect(keySetAt(elsewhere).fetch()).rejects.toThrow("Expected 200");
    await expect(keySetAt(await serve(200, {}, "CANARY")).fetch()).rejects.not.toThrow("CANARY");
  });

  it("is a file, taken up when it is replaced", async () => {
    const folder = mkdtempSync(join(tmpdir(), "osteon-jwks-"));
    const path = join(folder, "jwks.json");
    writeFileSync(path, JSON.stringify(await publish("one")));
    const source = keySetInFile(path);
    const { authenticate, pass } = start(() => source.fetch());
    expect(await authenticate(await tokenOf("one"))).toMatchObject({ scopes: ["generate"] });
    writeFileSync(path, JSON.stringify(await publish("two")));
    pass(60_000);
    expect(await authenticate(await tokenOf("two"))).toMatchObject({ scopes: ["generate"] });
    rmSync(folder, { recursive: true });
  });
});

describe("scopesOfClaims", () => {
  it.each<[string, JWTPayload, Parameters<typeof scopesOfClaims>[1], readonly string[]]>([
    ["a text of the claim scope", { scope: "openid generate  generate:bulk" }, {}, ["generate", "generate:bulk"]],
    ["a list of the claim scp", { scp: ["generate", 7, "audit:read"] }, {}, ["generate", "audit:read"]],
    ["words that mean nothing here", { scope: "openid email ADMIN" }, {}, []],
    ["no claim", {}, {}, []],
    [
      "words that are mapped, and only those",
      { scp: "Osteon.Read generate" },
      { scopes: { "Osteon.Read": ["audit:read"] } },
      ["audit:read"],
    ],
    [
      "roles in a group",
      { realm_access: { roles: ["researcher", "admin"] } },
      { claim: "realm_access.roles", scopes: { researcher: ["generate", "generate:bulk"] } },
      ["generate", "generate:bulk"],
    ],
    [
      "a claim whose name has dots itself",
      { "https://hospital.example/roles": ["r"] },
      { claim: "https://hospital.example/roles", scopes: { r: ["generate"] } },
      ["generate"],
    ],
    [
      "names of every object",
      { roles: ["constructor", "__proto__"] },
      { claim: "roles", scopes: { r: ["admin"] } },
      [],
    ],
    ["a path through what is no group", { roles: "x" }, { claim: "roles.x.y", scopes: { x: ["admin"] } }, []],
  ])("reads %s", (_, payload, rules, scopes) => {
    expect(scopesOfClaims(payload, rules)).toEqual(scopes);
  });
});

describe("the ids of subjects", () => {
  it("differ by key, issuer and subject, and have no room for the subject", () => {
    const ids = [
      subjectId(subjectKey, issuer, "ann@hospital.example"),
      subjectId(new Uint8Array(32), issuer, "ann@hospital.example"),
      subjectId(subjectKey, `${issuer}/`, "ann@hospital.example"),
      subjectId(subjectKey, issuer, "Ann@hospital.example"),
    ];
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^oidc-[0-9a-f]{16}$/);
  });

  it("have a key of their own, made once in a file of its owner's", async () => {
    const folder = mkdtempSync(join(tmpdir(), "osteon-subject-"));
    const path = join(folder, "keys", "subject.key");
    const [one, ...others] = await Promise.all(Array.from({ length: 5 }, () => obtainSubjectKey(path)));
    expect(one).toHaveLength(32);
    for (const other of others) expect(other).toEqual(one);
    expect([path, join(folder, "keys")].map((made) => statSync(made).mode & 0o777)).toEqual([0o600, 0o700]);
    writeFileSync(path, "CANARY");
    await expect(obtainSubjectKey(path)).rejects.toMatchObject({ code: "access.subject-key" });
    await expect(obtainSubjectKey(path)).rejects.not.toThrow("CANARY");
    rmSync(folder, { recursive: true });
  });
});
