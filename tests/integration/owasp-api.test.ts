import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { problemSchema, singlePatientAnswerSchema, scopeSchema, type Scope } from "@osteon/contracts";
import { afterEach, describe, expect, it } from "vitest";
import { createSimulatedSynthesiser } from "../../packages/service/src/testing/simulated-synthesiser.ts";
import { failureOf } from "./support/in-process.ts";
import { listToken, startGuardedService, type GuardedService } from "./support/guarded-service.ts";

/*
 * The OWASP API Security Top 10 of 2023, one group of tests each.
 * https://owasp.org/API-Security/editions/2023/en/0x11-t10/
 */

let service: GuardedService;
afterEach(() => service.app.close());

const canary = "Jane-Canary-4711";
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const codeOf = (answer: { json: <T>() => T }) => answer.json<{ code: string }>().code;

/** The routes that answer, from the tree as which the framework prints them. */
function routesOf({ app }: GuardedService): { method: string; path: string }[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .flatMap((line) => {
      const [, indent, part, methods] = /^(.*?)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      if (part === undefined) return [];
      const depth = indent!.length / 4;
      above.splice(depth, Infinity, part);
      return (methods?.split(", ") ?? []).map((method) => ({ method, path: above.join("") }));
    });
}

async function documentOf({ app }: GuardedService) {
  return (await app.inject("/openapi.json")).json<{
    paths: Record<string, Record<string, { security?: object[] }>>;
  }>();
}

describe("API1 broken object level authorisation", () => {
  it("gives nobody another's quota or name by naming it: who asks is the token alone", async () => {
    service = await startGuardedService({ patients_per_day: 10 });
    const [ann, bob] = [service.issueKey("generate"), service.issueKey("generate")];
    const idOfBob = `key-${bob.slice(7, 19)}`;
    await service.generate({ count: 10 }, bearer(ann));
    for (const headers of [
      { "x-user": idOfBob },
      { "x-principal": idOfBob },
      { from: idOfBob },
      { "x-forwarded-user": idOfBob },
    ]) {
      expect((await service.generate({}, { ...bearer(ann), ...headers })).statusCode).toBe(429);
    }
    expect((await service.generate({ principal: idOfBob }, bearer(ann))).statusCode).toBe(422);
    expect((await service.generate({ count: 10 }, bearer(bob))).statusCode).toBe(200);
  });
});

describe("API2 broken authentication", () => {
  it("lets nobody in without a token, and slows down who tries words", async () => {
    service = await startGuardedService({ refusals_per_minute: 5 });
    expect((await service.app.inject({ method: "POST", url: "/generate", payload: {} })).statusCode).toBe(401);
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++)
      statuses.push((await service.generate({}, bearer(`guess-number-${i}-of-a-word`))).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    // Guessing right now helps no more, and a key that cannot be guessed is not shut out.
    expect((await service.generate({}, bearer(listToken))).statusCode).toBe(429);
    expect((await service.generate({}, bearer(service.issueKey("generate")))).statusCode).toBe(200);
  });
  // What is done to tokens themselves: token-attacks.test.ts
});

describe("API3 broken object property level authorisation", () => {
  it.each([
    ["scopes", { scopes: ["admin"] }],
    ["a role", { role: "admin", is_admin: true }],
    ["the limits", { limits: { patients_per_day: 0 } }],
    ["the model", { model_version: "x", conditionFloor: null, trained_on_simulated_patients: false }],
    ["the notice", { simulated: false, notice: canary }],
    ["where to begin", { firstIndex: 99, patientCount: 0 }],
  ])("takes no %s from a body", async (_, body) => {
    service = await startGuardedService();
    const answer = await service.generate(body, bearer(service.issueKey("generate")));
    expect(answer.statusCode).toBe(422);
    expect(answer.body).not.toContain(canary);
  });

  it("takes no prototype from a body, and stays as it was", async () => {
    service = await startGuardedService();
    const token = service.issueKey("generate");
    for (const payload of ['{"__proto__":{"count":5}}', '{"constructor":{"prototype":{"count":5}}}']) {
      const answer = await service.app.inject({
        method: "POST",
        url: "/generate",
        headers: { ...bearer(token), "content-type": "application/json" },
        payload,
      });
      expect([400, 422]).toContain(answer.statusCode);
    }
    expect(({} as { count?: number }).count).toBeUndefined();
  });

  it("answers with the properties of the contract and no other", async () => {
    service = await startGuardedService();
    // The schema is strict.
    singlePatientAnswerSchema.parse((await service.generate({}, bearer(service.issueKey("generate")))).json());
  });
});

describe("API4 unrestricted resource consumption", () => {
  it("counts requests and patients, and says when to come again", async () => {
    service = await startGuardedService({ requests_per_minute: 3, patients_per_day: 50 });
    const token = service.issueKey("generate");
    const answers = [];
    for (const count of [50, 1, 1, 1]) answers.push(await service.generate({ count }, bearer(token)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 429, 429, 429]);
    expect(answers.slice(1).map(codeOf)).toEqual([
      "service.patient-quota",
      "service.patient-quota",
      "service.too-many-requests",
    ]);
    for (const { headers } of answers.slice(1)) expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  });

  it.each([
    ["too large", () => JSON.stringify({ survival_time: "x".repeat(70_000) }), 413],
    ["nested deeply", () => `${'{"age":'.repeat(7_000)}1${"}".repeat(7_000)}`, 422],
    ["a deep list", () => `${"[".repeat(30_000)}${"]".repeat(30_000)}`, 422],
    ["a deep list without end", () => "[".repeat(60_000), 400],
    ["many fields", () => `{${Array.from({ length: 5_000 }, (_, i) => `"f${i}":1`).join(",")}}`, 422],
    ["a number of many digits", () => `{"age":${"9".repeat(60_000)}}`, 422],
    ["not UTF-8", () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 422],
  ])("refuses a body that is %s", async (_, payload, status) => {
    service = await startGuardedService();
    const headers = { ...bearer(service.issueKey("generate")), "content-type": "application/json" };
    const answer = await service.app.inject({ method: "POST", url: "/generate", headers, payload: payload() });
    expect(answer.statusCode).toBe(status);
    problemSchema.parse(answer.json());
    expect(answer.body.length).toBeLessThan(2_000);
  });

  it.each([
    ["headers", ["POST /generate HTTP/1.1\r\n", "Host: a\r\n"], "X-Slow: 1\r\n"],
    [
      "a body",
      ["POST /generate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n", "TOKEN"],
      " ",
    ],
  ])(
    "gives up on %s that trickle in, and goes on for others",
    async (_, first, drop) => {
      service = await startGuardedService({}, { headersTimeoutMs: 300, requestTimeoutMs: 600 });
      await service.app.listen({ host: "127.0.0.1", port: 0 });
      const { port } = service.app.server.address() as AddressInfo;
      const key = service.issueKey("generate");
      const begin = first.join("").replace("TOKEN", `Authorization: Bearer ${key}\r\n\r\n`);
      const received = await new Promise<string>((resolve) => {
        let text = "";
        const socket = connect(port, "127.0.0.1", () => socket.write(begin));
        const timer = setInterval(() => socket.write(drop), 50);
        socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        socket
          .on("error", () => undefined)
          .once("close", () => {
            clearInterval(timer);
            resolve(text);
          });
      });
      expect(received === "" || received.startsWith("HTTP/1.1 408 ")).toBe(true);
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
      // Node looks for late requests every 30 s unless told otherwise.
    },
    25_000,
  );
});

describe("API5 broken function level authorisation", () => {
  it("lets a token do what its scopes say, on every guarded route", async () => {
    service = await startGuardedService({ bulk_above: 5 });
    const statusOf = async (scopes: Scope[], count: number) =>
      (await service.generate({ count }, bearer(service.issueKey(...scopes)))).statusCode;
    for (const scope of scopeSchema.options) {
      const few = ["generate", "generate:bulk", "admin"].includes(scope) ? 200 : 403;
      const many = ["generate:bulk", "admin"].includes(scope) ? 200 : 403;
      expect([scope, await statusOf([scope], 5), await statusOf([scope], 6)]).toEqual([scope, few, many]);
    }
  });

  it("opens no route by another method or by a header that names one", async () => {
    service = await startGuardedService();
    const key = service.issueKey("generate");
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "GET"] as const) {
      const answer = await service.app.inject({ method, url: "/generate", headers: bearer(key) });
      expect([method, answer.statusCode]).toEqual([method, 405]);
    }
    const disguised = { ...bearer(key), "x-http-method-override": "POST", "x-original-url": "/generate" };
    expect((await service.app.inject({ method: "GET", url: "/health", headers: disguised })).json()).toHaveProperty(
      "model_loaded",
    );
  });

  it("asks a token of every route but those that the description leaves open", async () => {
    service = await startGuardedService();
    const { paths } = await documentOf(service);
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, { security }] of Object.entries(operations)) {
        const url = path.replaceAll(/\{\w+\}/g, "x");
        const answer = await service.app.inject({ method: method.toUpperCase() as "GET", url });
        expect([path, answer.statusCode === 401]).toEqual([path, security?.length !== 0]);
      }
    }
  });
});

describe("API6 unrestricted access to sensitive business flows", () => {
  it("lets nobody ask for one profile until the patients behind it show, not even by several keys", async () => {
    service = await startGuardedService({ profile_patients_per_day: 20, profile_patients_per_day_in_all: 30 });
    const profile = { survival_time: 800, event_occurred: 1, age: 15, metastasis: 1 };
    /** In the same cell every time. */
    const varied = (i: number) => ({ ...profile, survival_time: 740 + i, age: 13 + i / 10, seed: i });
    let given = 0;
    for (let k = 0; k < 5; k++) {
      const key = service.issueKey("generate");
      for (let i = 0; i < 10; i++) {
        const answer = await service.generate({ ...varied(i), count: 5 }, bearer(key));
        if (answer.statusCode === 200) given += 5;
        else expect(codeOf(answer)).toBe("service.profile-quota");
      }
    }
    expect(given).toBe(30);
  });
});

describe("API7 server side request forgery", () => {
  it("takes no address from a client anywhere", async () => {
    service = await startGuardedService();
    const key = service.issueKey("generate");
    const url = "http://169.254.169.254/latest/meta-data";
    for (const body of [{ url }, { callback: url }, { model: url }, { survival_time: url }]) {
      const answer = await service.generate(body, bearer(key));
      expect(answer.statusCode).toBe(422);
      expect(answer.body).not.toContain("169.254");
    }
    for (const headers of [{ "x-forwarded-host": "evil.example" }, { host: "evil.example" }, { referer: url }]) {
      const answer = await service.generate({}, { ...bearer(key), ...headers });
      expect(JSON.stringify(answer.headers)).not.toMatch(/evil|169\.254/);
    }
  });
  // Addresses in the header of a JWT: token-attacks.test.ts. The one that is fetched stands in the configuration.
});

describe("API8 security misconfiguration", () => {
  it("sends no answer without its security headers, and lets no other site read it", async () => {
    service = await startGuardedService();
    const key = service.issueKey("generate");
    const origin = { origin: "https://evil.example" };
    const answers = [
      await service.generate({}, { ...bearer(key), ...origin }),
      await service.generate({ age: canary }, bearer(key)),
      await service.generate({}, bearer("wrong")),
      await service.app.inject({ url: `/${canary}`, headers: origin }),
      await service.app.inject({ method: "OPTIONS", url: "/generate", headers: origin }),
      await service.app.inject("/health"),
      await service.app.inject("/%ff"),
    ];
    for (const { headers, body } of answers) {
      expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
      expect(
        Object.keys(headers).filter((name) => /^(?:access-control|server$|x-powered-by|set-cookie)/.test(name)),
      ).toEqual([]);
      expect(body).not.toContain(canary);
    }
  });

  it("tells of a fault neither where it is nor what it was about", async () => {
    const fault = () => Promise.reject(new Error(`${canary} at /srv/osteon/model.ts`));
    const synthesiser = { ...createSimulatedSynthesiser(), generate: fault };
    for (const options of [{ synthesiser }, { authenticator: { authenticate: fault } }]) {
      service = await startGuardedService({}, options);
      const answer = await service.generate({ survival_time: 4711 }, bearer(listToken));
      expect([answer.statusCode, codeOf(answer)]).toEqual([500, "service.internal"]);
      const { instance: _, ...told } = answer.json<Record<string, unknown>>();
      expect(JSON.stringify(told)).not.toMatch(/Canary|4711|\.ts|\/srv|at \w+ \(/);
      expect(JSON.stringify(service.events)).not.toMatch(/Canary|"4711/);
      await service.app.close();
    }
  });

  it("passes nothing that a client sends into a header", async () => {
    service = await startGuardedService();
    const key = service.issueKey("generate");
    const smuggled = [
      await service.generate({}, { ...bearer(key), "x-request-id": canary, accept: canary, "accept-language": canary }),
      await service.app.inject({ url: `/x%0d%0aset-cookie:%20${canary}` }),
      await service.app.inject({ url: `/health?a=%0d%0ax-canary:%20${canary}` }),
      await service.generate({}, { authorization: `Bearer "${canary}", scope="admin"` }),
    ];
    for (const { headers } of smuggled) expect(JSON.stringify(headers)).not.toContain(canary);
  });

  it.each([
    ["a header with a line of its own", "GET /health HTTP/1.1\r\nHost: a\r\nX-A: b\n\rX-B: c\r\n\r\n"],
    ["two lengths", "POST /generate HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    [
      "a length and chunks",
      "POST /generate HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a header that is folded", "GET /health HTTP/1.1\r\nHost: a\r\nX-A: b\r\n folded\r\nX\r\n\r\n"],
    ["no host", "GET /health HTTP/1.1\r\n\r\n"],
  ])("refuses %s, which a proxy may read otherwise", async (_, bytes) => {
    service = await startGuardedService();
    await service.app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = service.app.server.address() as AddressInfo;
    const received = await new Promise<string>((resolve) => {
      let text = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
      socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      socket.on("error", () => undefined).once("close", () => resolve(text));
    });
    expect(received).toMatch(/^HTTP\/1\.1 400 /);
    expect(received.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it("speaks no plain HTTP to others on the network", async () => {
    service = await startGuardedService();
    const words = ["serve", "--model", "nowhere", "--host", "0.0.0.0"];
    expect(await failureOf(words)).toMatchObject({ code: 4, message: expect.stringContaining("plain HTTP") as string });
  });
});

describe("API9 improper inventory management", () => {
  it("answers at the addresses that it describes, and at no other", async () => {
    service = await startGuardedService();
    await service.app.ready();
    const { paths } = await documentOf(service);
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
    );
    // HEAD comes with every GET.
    const answering = routesOf(service).filter(({ method }) => method !== "HEAD");
    expect(answering.length).toBeGreaterThan(2);
    expect(answering.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(described.sort());
    const forgotten = ["/v1/generate", "/api/generate", "/admin", "/debug", "/.env", "/swagger", "/keys", "/generate/"];
    for (const url of forgotten) expect([url, (await service.app.inject(url)).statusCode]).toEqual([url, 404]);
  });
});

describe("API10 unsafe consumption of APIs", () => {
  it.each([
    ["is away", () => Promise.reject(new Error(canary))],
    ["answers with something else", () => Promise.resolve({ error: canary } as never)],
    ["answers with keys that are none", () => Promise.resolve({ keys: [{ kty: canary, kid: "k1" }] } as never)],
    ["answers with a shared secret", () => Promise.resolve({ keys: [{ kty: "oct", k: "AAAA", kid: "k1" }] })],
  ])("stays up where the identity provider %s: keys of its own go on", async (_, fetchKeys) => {
    service = await startGuardedService({}, { fetchKeys });
    const answer = await service.generate({}, bearer(await service.provider.sign()));
    expect([401, 503]).toContain(answer.statusCode);
    expect(answer.body).not.toContain(canary);
    if (answer.statusCode === 503) {
      expect(problemSchema.parse(answer.json())).toMatchObject({
        code: "service.identity-provider-unavailable",
        retryable: true,
      });
      expect(answer.headers["retry-after"]).toBe("5");
    }
    expect((await service.generate({}, bearer(service.issueKey("generate")))).statusCode).toBe(200);
    expect((await service.generate({}, bearer(listToken))).statusCode).toBe(200);
  });
});
