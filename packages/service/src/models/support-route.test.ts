import { profileSupportSchema } from "@osteon/contracts";
import { fitConditionFloor, strictestConditionFloor } from "@osteon/generator";
import { expect, it } from "vitest";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";
import { startTestService, testToken } from "../testing/test-service.ts";
import { describeSupport } from "./support-route.ts";

const { cohort } = await createSimulatedSynthesiser().generate({ conditions: {}, seed: 1, firstIndex: 0, count: 300 });
const floor = fitConditionFloor(cohort, { smallestCell: 5 });

it("tells which values are allowed with the others as they are", () => {
  // The simulated patients are 5 to 25 years old.
  const { age, allowed } = describeSupport(floor, {});
  expect(allowed).toBe(true);
  const allowedAt = (years: number) => age.find(({ from, to }) => years >= from && years < to)!.allowed;
  expect([allowedAt(15), allowedAt(70)]).toEqual([true, false]);
  const narrower = describeSupport(floor, { metastasis: 1, event_occurred: 1, survival_time: 300 });
  expect(narrower.age.filter((range) => range.allowed).length).toBeLessThan(
    age.filter((range) => range.allowed).length,
  );
});

it("tells what to leave out, never how many patients there are", () => {
  const support = describeSupport(floor, { age: 80 });
  expect(support).toMatchObject({ allowed: false, loosen: [["age"]], smallest_cell: 5 });
  expect(Object.keys(support).join()).not.toMatch(/count|patients/);
});

it("allows everything without a floor, and no condition under the strictest", () => {
  expect(describeSupport(null, { age: 80, metastasis: 1 })).toMatchObject({ allowed: true, smallest_cell: 1 });
  expect(describeSupport(strictestConditionFloor(), { age: 15 })).toMatchObject({
    allowed: false,
    smallest_cell: null,
  });
});

it("answers over HTTP by its contract, and refuses what is no profile", async () => {
  const synthesiser = createSimulatedSynthesiser({ conditionFloor: floor });
  const { app } = startTestService({ synthesiser, web: { application: async () => null } });
  const ask = (payload: object) =>
    app.inject({
      method: "POST",
      url: "/models/current/support",
      headers: { authorization: `Bearer ${testToken}` },
      payload,
    });
  expect(profileSupportSchema.parse((await ask({ age: 15 })).json()).allowed).toBe(true);
  const refused = await ask({ age: 200 });
  expect(refused.statusCode).toBe(422);
  expect(refused.body).not.toContain("200,");
  await app.close();
});
