import { patientListAnswerSchema, singlePatientAnswerSchema, syntheticPatientNotice } from "@osteon/contracts";
import type { SampleRequest, Synthesiser } from "@osteon/generator";
import { afterEach, describe, expect, it } from "vitest";
import { createSimulatedSynthesiser } from "./testing/simulated-synthesiser.ts";
import { startTestService, type TestService } from "./testing/test-service.ts";

let service: TestService | undefined;

function start(...options: Parameters<typeof startTestService>): TestService {
  service = startTestService(...options);
  return service;
}

afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

/** A synthesiser that notes what it is asked. */
function recording(): { readonly requests: SampleRequest[]; readonly synthesiser: Synthesiser } {
  const inner = createSimulatedSynthesiser();
  const requests: SampleRequest[] = [];
  return {
    requests,
    synthesiser: {
      ...inner,
      generate(request) {
        // The names of the model are read off a cohort of nobody.
        if (request.count > 0) requests.push(request);
        return inner.generate(request);
      },
    },
  };
}

const profile = { survival_time: 800, event_occurred: 0, age: 15, metastasis: 1 };

describe("POST /generate, one patient", () => {
  it.each([0, 2])("answers in the documented form, with every %i-th value unknown", async (unknownEvery) => {
    const answer = await start({ synthesiser: createSimulatedSynthesiser({ unknownEvery }) }).generate({ seed: 3 });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.headers["cache-control"]).toBe("no-store");
    const patient = singlePatientAnswerSchema.parse(answer.json());
    expect(patient).toMatchObject({
      simulated: true,
      notice: syntheticPatientNotice,
      model_version: "simulated-model-for-tests",
      trained_on_simulated_patients: true,
      seed: 3,
      index: 0,
    });
    expect(Object.keys(patient.expression)).toHaveLength(12);
  });

  it("echoes the profile that was asked for: alive at the time means living past it", async () => {
    const { clinical } = singlePatientAnswerSchema.parse((await start().generate(profile)).json());
    expect(clinical).toMatchObject({ event_occurred: 0, age_years: 15, metastasis: 1 });
    expect(clinical.survival_days).toBeGreaterThan(800);
    const died = await service!.generate({ ...profile, event_occurred: 1 });
    expect(singlePatientAnswerSchema.parse(died.json()).clinical).toMatchObject({
      survival_days: 800,
      event_occurred: 1,
    });
  });

  it("hands the model the conditions given and no others", async () => {
    const { requests, synthesiser } = recording();
    const { generate } = start({ synthesiser });
    await generate({ ...profile, seed: 7 });
    await generate({ metastasis: 0, seed: 8 });
    await generate({ seed: 9 });
    expect(requests).toEqual([
      {
        conditions: { survivalTimeDays: 800, event: 0, ageYears: 15, metastasis: 1 },
        seed: 7,
        firstIndex: 0,
        count: 1,
      },
      { conditions: { metastasis: 0 }, seed: 8, firstIndex: 0, count: 1 },
      { conditions: {}, seed: 9, firstIndex: 0, count: 1 },
    ]);
  });

  it("gives the same bytes for the same request and seed, also from another process of the service", async () => {
    const body = { ...profile, seed: Number.MAX_SAFE_INTEGER };
    const first = await start().generate(body);
    const again = await service!.generate(body);
    const other = startTestService();
    const elsewhere = await other.generate(body);
    await other.app.close();
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
    expect(elsewhere.rawPayload.equals(first.rawPayload)).toBe(true);
    expect(first.json()).toMatchObject({ seed: Number.MAX_SAFE_INTEGER });
  });

  it("draws a fresh seed where none is given, and names it so that the patient can be had again", async () => {
    const { generate } = start();
    const answers = await Promise.all(Array.from({ length: 8 }, () => generate(profile)));
    const patients = answers.map((answer) => singlePatientAnswerSchema.parse(answer.json()));
    expect(new Set(patients.map((patient) => patient.seed)).size).toBe(8);
    const again = await generate({ ...profile, seed: patients[0]!.seed });
    expect(again.rawPayload.equals(answers[0]!.rawPayload)).toBe(true);
  });

  it("takes a count of 1 as no count", async () => {
    const { generate } = start();
    const [plain, counted] = [await generate({ seed: 4 }), await generate({ seed: 4, count: 1 })];
    expect(counted.rawPayload.equals(plain.rawPayload)).toBe(true);
  });
});

describe("POST /generate, several patients", () => {
  it.each([2, 7, 8, 9, 16, 50])("answers %i in the documented form", async (count) => {
    const answer = await start({ patientsPerTurn: 8 }).generate({ seed: 5, count });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    const { patients } = patientListAnswerSchema.parse(answer.json());
    expect(patients.map((patient) => patient.index)).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  it("gives patients that do not depend on how they are split into turns", async () => {
    const bodies = [];
    for (const patientsPerTurn of [1, 3, 1000]) {
      const { app, generate } = startTestService({ patientsPerTurn });
      bodies.push((await generate({ ...profile, seed: 6, count: 10 })).body);
      await app.close();
    }
    expect(bodies[1]).toBe(bodies[0]);
    expect(bodies[2]).toBe(bodies[0]);
  });

  it("has as its first patient the one that is given alone", async () => {
    const { generate } = start();
    const alone = singlePatientAnswerSchema.parse((await generate({ seed: 12 })).json());
    const list = patientListAnswerSchema.parse((await generate({ seed: 12, count: 3 })).json());
    expect(list.patients[0]).toEqual({
      index: 0,
      clinical: alone.clinical,
      mutations: alone.mutations,
      copy_number: alone.copy_number,
      expression: alone.expression,
      pathways: alone.pathways,
    });
    expect(list.patients[1]!.expression).not.toEqual(alone.expression);
  });

  it("lets a small request through while a large one is under way", async () => {
    const { generate } = start({ patientsPerTurn: 1 });
    const order: string[] = [];
    const large = generate({ count: 200 }).then(() => order.push("large"));
    const small = generate({}).then(() => order.push("small"));
    await Promise.all([large, small]);
    expect(order).toEqual(["small", "large"]);
  });
});

describe("POST /generate with a model that misbehaves", () => {
  const broken: Record<string, Synthesiser["generate"]> = {
    throws: () => {
      throw new Error("CANARY-1 in a message");
    },
    "gives real patients": async (request) => {
      const generated = await createSimulatedSynthesiser().generate(request);
      return { ...generated, cohort: { ...generated.cohort, simulated: false } };
    },
    "gives too few patients": (request) => createSimulatedSynthesiser().generate({ ...request, count: 0 }),
  };

  it.each(Object.keys(broken))("answers 500 without a reason where it %s, alone or in a list", async (name) => {
    const synthesiser = { ...createSimulatedSynthesiser(), generate: broken[name]! };
    const { generate, events } = start({ synthesiser });
    for (const count of [1, 20]) {
      const answer = await generate({ count });
      expect(answer.statusCode).toBe(500);
      expect(answer.json()).toEqual({
        type: "urn:osteon:problem:service.internal",
        title: "Internal Server Error",
        status: 500,
        detail: "The service failed to answer this request. Report it with the value of `instance`.",
        instance: `urn:uuid:${String(answer.headers["x-request-id"])}`,
        code: "service.internal",
        retryable: false,
      });
    }
    const [failure] = events.map((event) => event.failure);
    expect(failure!.frames[0]).toMatch(/^at /);
    expect(JSON.stringify(events)).not.toContain("CANARY");
  });

  it("breaks a list off where it fails after the first turn, and reports that", async () => {
    const inner = createSimulatedSynthesiser();
    const { app, events } = start({
      patientsPerTurn: 2,
      synthesiser: {
        ...inner,
        generate(request) {
          if (request.firstIndex >= 4) {
            throw new RangeError("CANARY-2");
          }
          return inner.generate(request);
        },
      },
    });
    const address = await app.listen({ host: "127.0.0.1", port: 0 });
    const answer = await fetch(`${address}/generate`, {
      method: "POST",
      headers: { authorization: "Bearer token-for-tests", "content-type": "application/json" },
      body: JSON.stringify({ count: 10 }),
    });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    await expect.poll(() => events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      status: 200,
      completed: false,
      patientCount: 10,
      failure: { code: "service.internal", name: "RangeError" },
    });
    expect(JSON.stringify(events)).not.toContain("CANARY");
  });
});
