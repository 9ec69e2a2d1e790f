import { problemSchema, serviceLimitsSchema, type Scope, type ServiceLimits } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { afterEach, describe, expect, it } from "vitest";
import { startTestService, type TestService } from "../testing/test-service.ts";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";

let service: TestService;
afterEach(async () => {
  await service.app.close();
});

const limitsOf = (limits: Partial<ServiceLimits>) => serviceLimitsSchema.parse(limits);
let seconds: number;

/** A service whose clients are named by their tokens: NAME-SCOPE-SCOPE…, with - for : in scopes. */
function start(limits: Partial<ServiceLimits>, options: Parameters<typeof startTestService>[0] = {}): void {
  seconds = 1_000;
  service = startTestService({
    limits: limitsOf(limits),
    clock: () => seconds * 1_000,
    authenticator: {
      authenticate: (token) => {
        const [id, ...scopes] = token.split(".");
        return id === "wrong"
          ? "unknown"
          : { id: id!, scopes: scopes.map((scope) => scope.replace("-", ":")) as Scope[] };
      },
    },
    ...options,
  });
}
const ask = (body: object, token = "ann.generate.generate-bulk") =>
  service.generate(body, { authorization: `Bearer ${token}` });

describe("requests for many patients", () => {
  it("need generate:bulk, which is named as RFC 6750 has it", async () => {
    start({ bulk_above: 10 });
    expect((await ask({ count: 10 }, "bob.generate")).statusCode).toBe(200);
    const refused = await ask({ count: 11 }, "bob.generate");
    expect(refused.statusCode).toBe(403);
    expect(refused.headers["www-authenticate"]).toBe(
      'Bearer realm="osteon", error="insufficient_scope", scope="generate:bulk"',
    );
    expect(problemSchema.parse(refused.json())).toMatchObject({ code: "service.scope-missing" });
    // Nobody gets it by asking for it, and who has it may ask for one patient too.
    expect((await ask({ count: 11 }, "bob.audit-read")).statusCode).toBe(403);
    for (const token of ["cy.generate-bulk", "dan.admin"]) {
      expect([(await ask({ count: 11 }, token)).statusCode, (await ask({}, token)).statusCode]).toEqual([200, 200]);
    }
  });
});

describe("quotas", () => {
  it("are told with every answer, and refuse with the time after which the same request passes", async () => {
    start({ requests_per_minute: 3, patients_per_day: 20 });
    const first = await ask({ count: 15 });
    expect(first.headers["ratelimit-policy"]).toBe('"requests";q=3;w=60, "patients";q=20;qu="patients";w=86400');
    expect(first.headers["ratelimit"]).toMatch(/^"requests";r=2;t=\d+, "patients";r=5;t=\d+$/);
    const refused = await ask({ count: 6 });
    expect(refused.statusCode).toBe(429);
    expect(problemSchema.parse(refused.json())).toMatchObject({ code: "service.patient-quota", retryable: true });
    expect(refused.headers["ratelimit"]).toMatch(/"patients";r=5;/);
    seconds += Number(refused.headers["retry-after"]);
    expect((await ask({ count: 6 })).statusCode).toBe(200);
  });

  it("count the requests of a principal, whatever became of them, and of nobody else", async () => {
    start({ requests_per_minute: 2 });
    await ask({ age: -1 });
    await ask({}, "ann.audit-read");
    const refused = await ask({});
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([429, "service.too-many-requests"]);
    expect(refused.headers["ratelimit"]).toMatch(/^"requests";r=0;t=\d+$/);
    expect((await ask({}, "bob.generate")).statusCode).toBe(200);
    seconds += Number(refused.headers["retry-after"]);
    expect((await ask({})).statusCode).toBe(200);
  });

  it("are not charged for patients that were not given", async () => {
    let fails = true;
    const inner = createSimulatedSynthesiser();
    start(
      { patients_per_day: 10 },
      {
        synthesiser: {
          ...inner,
          generate: (request) => {
            if (fails) throw osteonError("generator.rare-profile", { loosen: "age" });
            return inner.generate(request);
          },
        },
      },
    );
    for (let i = 0; i < 3; i++) expect((await ask({ count: 10 })).statusCode).toBe(422);
    fails = false;
    expect((await ask({ count: 10 })).statusCode).toBe(200);
    expect((await ask({})).statusCode).toBe(429);
  });

  it("refuse for good what is above all of them", async () => {
    start({ patients_per_day: 50 });
    const refused = await ask({ count: 51 });
    expect([refused.statusCode, refused.json()]).toMatchObject([
      422,
      { code: "service.count-above-quota", retryable: false },
    ]);
    expect(refused.headers).not.toHaveProperty("retry-after");
  });

  it("hold for a clock that is set back or on, as they count by one that nobody sets", async () => {
    start({ patients_per_day: 10 }, { clock: () => performance.now() });
    await ask({ count: 10 });
    const { now } = Date;
    try {
      Date.now = () => now() + 10 * 86_400_000;
      expect((await ask({})).statusCode).toBe(429);
    } finally {
      Date.now = now;
    }
  });
});

describe("a profile", () => {
  const profile = { survival_time: 800, event_occurred: 0, age: 15 };
  /** In the same intervals as the first. */
  const nearlyTheSame = { survival_time: 799, event_occurred: 0, age: 14.2 };
  const other = { survival_time: 300, event_occurred: 1 };

  it("is given so often to a principal, and one that differs little is the same", async () => {
    start({ profile_patients_per_day: 10 });
    expect((await ask({ ...profile, count: 6 })).statusCode).toBe(200);
    const refused = await ask({ ...nearlyTheSame, count: 5 });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([429, "service.profile-quota"]);
    expect((await ask({ ...nearlyTheSame, count: 4 })).headers["ratelimit"]).toMatch(/"profile";r=0;t=\d+$/);
    expect((await ask({ ...other, count: 10 })).statusCode).toBe(200);
    expect((await ask({ ...profile, count: 10 }, "bob.generate")).statusCode).toBe(200);
    // Patients without conditions say nothing of one profile.
    expect((await ask({ count: 100 })).statusCode).toBe(200);
  });

  it("is given so often to all together, and no client is told what others asked for", async () => {
    start({ profile_patients_per_day_in_all: 10 });
    for (const name of ["ann", "bob"])
      expect((await ask({ ...profile, count: 5 }, `${name}.generate`)).statusCode).toBe(200);
    const refused = await ask(profile, "cy.generate");
    expect(refused.json<{ code: string }>().code).toBe("service.profile-quota");
    expect(JSON.stringify(refused.headers)).not.toContain("in-all");
    // The quota of the one who was refused is whole.
    expect(refused.headers["ratelimit"]).toMatch(/"patients";r=10000;t=0, "profile";r=1000;t=0$/);
  });
});

describe("tokens that are not accepted", () => {
  const wrong = () => ask({}, "wrong.word");

  it("are limited for an address: no more words can be tried there, but who was let in before goes on", async () => {
    start({ refusals_per_minute: 3 });
    await ask({}, "known.generate");
    for (let i = 0; i < 3; i++) expect((await wrong()).statusCode).toBe(401);
    const refused = await wrong();
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([429, "service.too-many-refusals"]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    // Even a right one, or guessing would go on at full speed.
    expect((await ask({}, "fresh.generate")).statusCode).toBe(429);
    expect((await ask({}, "known.generate")).statusCode).toBe(200);
    seconds += Number(refused.headers["retry-after"]);
    expect((await ask({}, "fresh.generate")).statusCode).toBe(200);
  });

  it("do not shut out those behind the same address whose tokens cannot be guessed", async () => {
    const key = `osteon_${"a".repeat(12)}_${"b".repeat(64)}`;
    const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";
    start(
      { refusals_per_minute: 1 },
      {
        authenticator: {
          authenticate: (token) => (token === key || token === jwt ? { id: "x", scopes: ["generate"] } : "unknown"),
        },
      },
    );
    for (let i = 0; i < 5; i++) await wrong();
    expect([(await ask({}, key)).statusCode, (await ask({}, jwt)).statusCode]).toEqual([200, 200]);
    expect((await ask({}, key.replace(/b$/, "c"))).statusCode).toBe(429);
  });

  it("count for the address that a trusted proxy tells, and for nobody's word otherwise", async () => {
    const from = (address: string) =>
      service.generate({}, { authorization: "Bearer wrong.word", "x-forwarded-for": address });
    start({ refusals_per_minute: 1 }, { trustedProxies: ["127.0.0.1"] });
    expect([(await from("192.0.2.1")).statusCode, (await from("192.0.2.1")).statusCode]).toEqual([401, 429]);
    expect((await from("192.0.2.2")).statusCode).toBe(401);
    // The client writes the first entries of the list; the proxy's own is the last.
    expect((await from("192.0.2.3, 192.0.2.2")).statusCode).toBe(429);
    await service.app.close();
    start({ refusals_per_minute: 1 });
    expect([(await from("192.0.2.1")).statusCode, (await from("192.0.2.2")).statusCode]).toEqual([401, 429]);
  });
});
