import { problemSchema } from "@osteon/contracts";
import { fitConditionFloor } from "@osteon/generator";
import { afterEach, describe, expect, it } from "vitest";
import type { Authenticator } from "../authentication/authenticator.ts";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";
import { startTestService, type TestService } from "../testing/test-service.ts";
import type { ServedModel } from "../model-source.ts";

let service: TestService | undefined;

afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

function start(...options: Parameters<typeof startTestService>): TestService {
  service = startTestService(...options);
  return service;
}

const key = { "idempotency-key": '"8e03978e-40d5-43e8-bc93-6894a57f9324"' };
const body = { age: 15, count: 3 };

describe("POST /generate with an Idempotency-Key", () => {
  it("gives the same patients to a repeated request, to the byte, and fresh ones under another key", async () => {
    const { generate } = start();
    const first = await generate(body, key);
    expect(first.statusCode).toBe(200);
    const again = await generate(body, key);
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
    // With the default filled in, and the fields in another order, it is the same request.
    expect((await generate({ count: 3, age: 15 }, key)).body).toBe(first.body);
    const other = await generate(body, { "idempotency-key": "another-key" });
    expect(other.json()).not.toEqual(first.json());
    expect((await generate(body)).json()).not.toEqual(first.json());
  });

  it("gives them in another format and selection too", async () => {
    const { generate } = start();
    const { seed } = (await generate(body, key)).json<{ seed: number }>();
    const csv = await generate(body, { ...key, accept: "text/csv" }, "?parts=clinical");
    expect(csv.headers["x-osteon-seed"]).toBe(String(seed));
  });

  it("settles requests that come at the same time on the same patients", async () => {
    const { generate } = start({ patientsPerTurn: 1 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => generate(body, key)));
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
  });

  it("refuses another body under the same key, and goes on answering the first", async () => {
    const { generate } = start();
    const first = await generate(body, key);
    const reused = await generate({ ...body, age: 16 }, key);
    expect(reused.statusCode).toBe(422);
    expect(problemSchema.parse(reused.json()).code).toBe("service.idempotency-key-reused");
    expect((await generate(body, key)).body).toBe(first.body);
  });

  it.each(['""', "two words", `"${"k".repeat(256)}"`, '"CANARY'])("answers 400 to the key %.20s", async (malformed) => {
    const answer = await start().generate(body, { "idempotency-key": malformed });
    expect(answer.statusCode).toBe(400);
    expect(problemSchema.parse(answer.json()).code).toBe("service.idempotency-key-malformed");
    expect(answer.body).not.toContain("CANARY");
  });

  it("keeps principals apart", async () => {
    const authenticate: Authenticator["authenticate"] = (token) => ({ id: token, scopes: ["generate"] });
    const { generate } = start({ authenticator: { authenticate } });
    const as = (name: string) => ({ ...key, authorization: `Bearer ${name}` });
    const [one, two] = [await generate(body, as("one")), await generate(body, as("two"))];
    expect(two.body).not.toBe(one.body);
    expect((await generate({ age: 3 }, as("three"))).statusCode).toBe(200);
    expect((await generate(body, as("one"))).body).toBe(one.body);
  });

  it("lets the key be used again for a request that was refused and put right", async () => {
    const simulated = createSimulatedSynthesiser();
    const { cohort } = await simulated.generate({ conditions: {}, seed: 1, firstIndex: 0, count: 300 });
    const conditionFloor = fitConditionFloor(cohort, { smallestCell: 5 });
    const { generate } = start({ synthesiser: createSimulatedSynthesiser({ conditionFloor }) });
    expect((await generate({ age: 88 }, key)).statusCode).toBe(422);
    expect((await generate({ age: -1 }, key)).statusCode).toBe(422);
    expect((await generate({}, key, "?genes=NONE")).statusCode).toBe(422);
    expect((await generate({ metastasis: 1 }, key)).statusCode).toBe(200);
    expect((await generate({ age: 15 }, key)).statusCode).toBe(422);
  });

  it("says so where another model has taken the place of the first", async () => {
    let served: ServedModel = createSimulatedSynthesiser();
    const { generate } = start({
      synthesiser: {
        ...served,
        get modelVersion() {
          return served.modelVersion;
        },
      },
    });
    expect((await generate(body, key)).statusCode).toBe(200);
    served = { ...served, modelVersion: "another" };
    const answer = await generate(body, key);
    expect(answer.statusCode).toBe(409);
    expect(problemSchema.parse(answer.json()).code).toBe("service.idempotency-model-changed");
  });
});
