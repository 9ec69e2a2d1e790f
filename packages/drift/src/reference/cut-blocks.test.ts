import { RandomStream } from "@osteon/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutBlocks, placeInBlock, placeInCategory } from "./cut-blocks.ts";

const patientsIn = (blocks: readonly number[]) => blocks.map((size, b) => (b === blocks.length - 1 ? size - 1 : size));

describe("blocks", () => {
  it("hold every known patient, and never fewer than the floor", () => {
    const values = fc.array(fc.oneof(fc.constantFrom(0, 1, 2, 2.5, Number.NaN), fc.double({ min: -9, max: 9 })), {
      maxLength: 120,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 5, max: 12 }), (drawn, fewest) => {
        const blocked = cutBlocks("x", Float64Array.from(drawn), { fewest, seed: 1 });
        if (!blocked) return;
        const patients = patientsIn(blocked.blocks);
        expect(Math.min(...patients)).toBeGreaterThanOrEqual(fewest);
        if (blocked.categories) expect(Math.min(...blocked.categories.patients)).toBeGreaterThanOrEqual(fewest);
        expect(patients.reduce((sum, size) => sum + size, 0)).toBe(
          drawn.filter((value) => !Number.isNaN(value)).length,
        );
        expect(blocked.cuts.length).toBe(blocked.blocks.length - 1);
        expect(JSON.parse(JSON.stringify(blocked))).toEqual(blocked);
      }),
    );
  });

  it.each([
    ["nobody", []],
    ["one patient", [3]],
    ["nine patients", Array.from({ length: 9 }, (_, row) => row)],
    ["values that are all unknown", Array.from({ length: 50 }, () => Number.NaN)],
  ])("are none of %s", (_, values) =>
    expect(cutBlocks("x", Float64Array.from(values), { fewest: 5, seed: 1 })).toBeUndefined(),
  );

  it("of a binary variable come with its two shares", () => {
    const blocked = cutBlocks(
      "x",
      Float64Array.from({ length: 60 }, (_, row) => (row < 20 ? 1 : 0)),
      { fewest: 5, seed: 1 },
    )!;
    expect(blocked.categories).toEqual({ isBinary: true, upTo: [0], patients: [40, 20] });
    expect([1, 0, Number.NaN].map((value) => placeInCategory(blocked, value))).toEqual([1, 0, -1]);
    expect([1, 0, Number.NaN].map((value) => placeInBlock(blocked, value, 0.999))).toEqual([9, 6, -1]);
  });

  it.each([
    ["carriers", 1, 9],
    ["who are no carriers", 0, 0],
  ])("do not tell how many of four %s there are, and place the next one with them", (_, value, block) => {
    const blocked = cutBlocks(
      "x",
      Float64Array.from({ length: 100 }, (_, row) => (row < 4 ? value : 1 - value)),
      { fewest: 5, seed: 1 },
    )!;
    expect(blocked.categories).toBeNull();
    expect(new Set(blocked.cuts.map((cut) => cut.value))).toEqual(new Set([1 - value]));
    expect(placeInBlock(blocked, value, 0.5)).toBe(block);
  });

  it("of a variable that did not vary place what is new at an end", () => {
    const blocked = cutBlocks("x", new Float64Array(50).fill(1), { fewest: 5, seed: 1 })!;
    expect(placeInBlock(blocked, 0, 0.5)).toBe(0);
    expect(placeInBlock(blocked, 1, 1)).toBe(9);
  });

  it("tell no value of a patient more exactly than a sixteenth of the deviation", () => {
    const random = new RandomStream(1, 1);
    const values = Float64Array.from({ length: 88 }, () => 14 + 5 * random.nextNormal());
    const { cuts, step } = cutBlocks("x", values, { fewest: 5, seed: 1 })!;
    expect(step).toBeGreaterThan(5 / 40);
    for (const { value } of cuts) expect(Number.isInteger(value / step)).toBe(true);
    expect(cuts[0]!.value).toBeGreaterThan(Math.min(...values));
  });

  it.each(["normal", "of few values", "mostly zero"])(
    "are reached by the next patient with the chance they say, where values are %s",
    (kind) => {
      const random = new RandomStream(7, 7);
      const draw = () => {
        const z = random.nextNormal();
        if (kind === "normal") return z;
        return kind === "of few values" ? Math.max(-2, Math.min(2, Math.round(z))) : Math.max(0, z - 0.5);
      };
      // The chance is over references and patients: one of each, again and again.
      const repeats = 3_000;
      let seen = 0;
      let expected = 0;
      let variance = 0;
      for (let repeat = 0; repeat < repeats; repeat++) {
        const blocked = cutBlocks("x", Float64Array.from({ length: 30 }, draw), { fewest: 5, seed: repeat });
        if (!blocked) continue;
        const chance = blocked.blocks[0]! / 31;
        expected += chance;
        variance += chance * (1 - chance);
        if (placeInBlock(blocked, draw(), random.nextUniform()) === 0) seen++;
      }
      expect(Math.abs(seen - expected)).toBeLessThan(3.5 * Math.sqrt(variance));
    },
  );
});
