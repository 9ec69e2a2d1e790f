import { problemSchema, singlePatientAnswerSchema } from "@osteon/contracts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService, testToken, type TestService } from "./testing/test-service.ts";

let service: TestService;

beforeAll(() => {
  service = startTestService();
});

afterAll(async () => {
  await service.app.close();
});

const canary = "Jane-Canary-4711";
const value = fc.oneof(
  fc.constant(canary),
  fc.jsonValue(),
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, 1, null, true, -0, 1e308, 47_110_815),
);
const field = fc.constantFrom("survival_time", "event_occurred", "age", "metastasis", "seed", "__proto__", canary);
const body = fc.oneof(fc.jsonValue(), fc.dictionary(field, value), fc.array(value));

async function send(payload: string) {
  return service.app.inject({
    method: "POST",
    url: "/generate",
    headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json" },
    payload,
  });
}

describe("any body at all", () => {
  it("is answered with a patient or with a problem of the client's, and is not repeated", async () => {
    await fc.assert(
      fc.asyncProperty(body, async (content) => {
        // A body that says count would only make this slow; other tests cover it.
        fc.pre(!(JSON.stringify(content) ?? "").includes('"count"'));
        const answer = await send(JSON.stringify(content) ?? "");
        if (answer.statusCode === 200) {
          singlePatientAnswerSchema.parse(answer.json());
        } else {
          expect([400, 422]).toContain(answer.statusCode);
          problemSchema.parse(answer.json());
        }
        expect(answer.body).not.toContain(canary);
        if (answer.statusCode !== 200) {
          expect(answer.body).not.toContain("47110815");
        }
      }),
      { numRuns: 300 },
    );
  });

  it("may be broken anywhere", async () => {
    const whole = JSON.stringify({ survival_time: 800, event_occurred: 0, [canary]: canary });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.string({ maxLength: 5 }), async (position, inserted) => {
        const body = whole.slice(0, position) + inserted;
        const answer = await send(body);
        // Cut at the right place and closed, it is a request.
        expect(isJson(body) ? [200, 400, 422] : [400]).toContain(answer.statusCode);
        expect(answer.body).not.toContain(canary);
      }),
      { numRuns: 100 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
