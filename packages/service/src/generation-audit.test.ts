import { osteonError } from "@osteon/errors";
import { strictestConditionFloor } from "@osteon/generator";
import { afterEach, describe, expect, it } from "vitest";
import type { GenerationRecord } from "./generation-audit.ts";
import { createSimulatedSynthesiser } from "./testing/simulated-synthesiser.ts";
import { startTestService, type TestService } from "./testing/test-service.ts";

let service: TestService | undefined;
afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

/** A service whose answers are recorded by `take`, in order with what it does. */
function start(take: (record: GenerationRecord) => Promise<void>, conditionFloor = false): TestService {
  const synthesiser = createSimulatedSynthesiser(conditionFloor ? { conditionFloor: strictestConditionFloor() } : {});
  service = startTestService({ synthesiser, audit: { record: take } });
  return service;
}

const profile = { survival_time: 800, event_occurred: 0, age: 15, metastasis: 1 };

describe("the record of an answer", () => {
  it.each([1, 20])("is made before the first byte leaves, for a count of %i", async (count) => {
    const records: GenerationRecord[] = [];
    let release: () => void = () => undefined;
    const { generate } = start((record) => {
      records.push(record);
      return new Promise((resolve) => (release = resolve));
    });
    let answered = false;
    const answer = generate({ ...profile, count, seed: 7 }).then((reply) => {
      answered = true;
      return reply;
    });
    await expect.poll(() => records).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toBe(false);
    release();
    const reply = await answer;
    expect(reply.statusCode).toBe(200);
    expect(records).toEqual([
      {
        requestId: reply.headers["x-request-id"],
        principal: "token-1",
        modelVersion: "simulated-model-for-tests",
        format: "json",
        patientCount: count,
        seed: 7,
        profile,
      },
    ]);
  });

  it.each([1, 20])("that cannot be made leaves nothing to answer but why, for a count of %i", async (count) => {
    const { generate, events } = start(() => Promise.reject(osteonError("audit.unwritable", { reason: "ENOSPC" })));
    const answer = await generate({ ...profile, count });
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "5"]);
    expect(answer.json()).toMatchObject({ code: "audit.unwritable", retryable: true });
    expect(answer.body).not.toMatch(/mutations|expression|patients"/);
    expect(events).toMatchObject([{ status: 503, failure: { code: "audit.unwritable" } }]);
  });

  it.each([1, 20])("tells of a profile that too few training patients have, for a count of %i", async (count) => {
    const records: GenerationRecord[] = [];
    const { generate } = start(async (record) => void records.push(record), true);
    const answer = await generate({ ...profile, count });
    expect(answer.json()).toMatchObject({ code: "generator.rare-profile" });
    expect(records).toMatchObject([{ refusal: "generator.rare-profile", patientCount: count, profile }]);
  });

  it("of such a refusal is asked for too: who cannot be recorded learns nothing of who there is", async () => {
    const { generate } = start(() => Promise.reject(osteonError("audit.unwritable", { reason: "EIO" })), true);
    expect((await generate(profile)).json()).toMatchObject({ status: 503, code: "audit.unwritable" });
  });

  it("is not made of requests that give nothing", async () => {
    const records: GenerationRecord[] = [];
    const { generate, app } = start(async (record) => void records.push(record));
    await generate({ age: -1 });
    await generate({}, { authorization: "Bearer wrong" });
    await app.inject({ url: "/health" });
    expect(records).toEqual([]);
  });
});
