import { problemSchema } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { fitConditionFloor, strictestConditionFloor } from "@osteon/generator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeRareProfile } from "./describe-rare-profile.ts";
import { createSimulatedSynthesiser } from "./testing/simulated-synthesiser.ts";
import { startTestService, type TestService } from "./testing/test-service.ts";

let service: TestService;

beforeAll(async () => {
  // Three hundred simulated patients as the training cohort: metastasis is common, to die early with it is not.
  const { cohort } = await createSimulatedSynthesiser().generate({
    conditions: {},
    seed: 1,
    firstIndex: 0,
    count: 300,
  });
  const conditionFloor = fitConditionFloor(cohort, { smallestCell: 5 });
  service = startTestService({ synthesiser: createSimulatedSynthesiser({ conditionFloor }) });
});

afterAll(async () => {
  await service.app.close();
});

describe("a profile that few training patients have", () => {
  it.each([1, 20])("is answered with 422 and the fields to leave out, for a count of %i", async (count) => {
    const body = { survival_time: 41, event_occurred: 1, age: 4.2, metastasis: 1, count };
    const answer = await service.generate(body);
    expect(answer.statusCode).toBe(422);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    const { code, detail, errors, retryable } = problemSchema.parse(answer.json());
    expect({ code, retryable }).toEqual({ code: "generator.rare-profile", retryable: false });
    const problem = "too few training patients with this and the other conditions";
    expect(errors).toEqual([
      { field: "event_occurred", allowed: "left out, or a commoner value (0 or 1)", problem },
      { field: "age", allowed: "left out, or a commoner value (a number of 0 to 89 years)", problem },
    ]);
    // Neither how many patients there are nor what was asked.
    expect(detail).toBe(
      "Too few of the patients that the model was trained on are like the profile asked for. " +
        "Leave out event_occurred, or age; or give one of them a commoner value.",
    );
    expect(service.events.at(-1)).toMatchObject({ status: 422, failure: { code: "generator.rare-profile" } });
    expect(JSON.stringify(service.events)).not.toContain("4.2");

    const { age: _, ...loosened } = body;
    expect((await service.generate(loosened)).statusCode).toBe(200);
  });

  it("names every field that may help", () => {
    const error = osteonError("generator.rare-profile", { loosen: "" });
    const fields = describeRareProfile(error, { age: 15, metastasis: 0 }, strictestConditionFloor());
    expect(fields?.map(({ field }) => field)).toEqual(["age", "metastasis"]);
  });

  it("is the only error that it explains", () => {
    for (const error of [osteonError("service.internal", {}), new Error("age"), undefined]) {
      expect(describeRareProfile(error, { age: 15 }, strictestConditionFloor())).toBeUndefined();
    }
  });

  it("is allowed by a model without a floor", async () => {
    const open = startTestService();
    const answer = await open.generate({ survival_time: 41, event_occurred: 1, age: 80, metastasis: 1 });
    expect(answer.statusCode).toBe(200);
    await open.app.close();
  });
});
