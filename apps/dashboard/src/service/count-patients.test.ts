import fc from "fast-check";
import { expect, it } from "vitest";
import { countPatients } from "./count-patients.ts";

it("counts patients of an answer however it is cut into pieces", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      (count, cuts) => {
        const patients = Array.from({ length: count }, (_, index) => ({
          index,
          clinical: {},
          mutations: { INDEX: 1 },
        }));
        let rest = JSON.stringify({ seed: 1, patients });
        const counter = countPatients();
        let last = 0;
        for (let k = 0; rest !== ""; k++) {
          const size = cuts[k % cuts.length]!;
          last = counter(rest.slice(0, size));
          rest = rest.slice(size);
        }
        expect(last).toBe(count);
      },
    ),
  );
});
