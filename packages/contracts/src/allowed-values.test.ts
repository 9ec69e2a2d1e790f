import { describe, expect, it } from "vitest";
import { z } from "zod";
import { describeAllowedValues, generateRequestSchema, profileSchema } from "./index.ts";

describe("describeAllowedValues", () => {
  it("takes range and unit of a request's fields from their schema", () => {
    const described = Object.fromEntries(
      Object.entries(generateRequestSchema.shape).map(([name, schema]) => [name, describeAllowedValues(schema)]),
    );
    expect(described).toEqual({
      survival_time: "a number of 0 to 36525 days",
      event_occurred: "0 or 1",
      age: "a number of 0 to 89 years",
      metastasis: "0 or 1",
      count: "an integer of 1 to 1000 patients",
      seed: "an integer of 0 to 9007199254740991",
    });
  });

  it("follows the schema when it changes", () => {
    const narrower = profileSchema.shape.age.unwrap().max(40).meta({ unit: "years" });
    expect(describeAllowedValues(narrower)).toBe("a number of 0 to 40 years");
  });

  it.each([
    [z.number(), "a number"],
    [z.number().min(3), "a number of at least 3"],
    [z.number().max(-1).nullable(), "a number of at most -1"],
    [z.enum(["a", "b"]).optional(), '"a" or "b"'],
    [z.literal(true), "true"],
    [z.boolean().default(false), "true or false"],
    [z.string(), "a text"],
    [z.array(z.string()), "a list"],
    [z.object({ a: z.string(), b: z.string() }), "an object with the fields a, b"],
    [z.union([z.string(), z.number()]), "a value of the documented form"],
  ])("describes %#", (schema, expected) => {
    expect(describeAllowedValues(schema)).toBe(expected);
  });
});
