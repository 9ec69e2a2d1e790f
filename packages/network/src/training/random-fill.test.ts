import { normalQuantile, philox4x32, streamId } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { RandomFill } from "./random-fill.ts";

const address = { seed: 2 ** 40 + 9, stream: streamId("test"), index: 2 ** 33 + 5 };

/** Words in the order that kernels/normals.ts documents: within 16, value 4 w + l is word w of counter l. */
function wordAt(i: number): number {
  const [group, w, l] = [Math.floor(i / 16), Math.floor((i % 16) / 4), i % 4];
  const words = Uint32Array.of(4 * group + l, address.index, Math.floor(address.index / 2 ** 32), address.stream);
  philox4x32(words, address.seed >>> 0, Math.floor(address.seed / 2 ** 32));
  return words[w]!;
}

describe("RandomFill", () => {
  it("fills masks from the words of Philox, of any length up to its capacity", () => {
    const mask = new Float32Array(53);
    new RandomFill(53).fillDropoutMask(mask, 0.25, address);
    mask.forEach((value, i) => expect(value).toBe(wordAt(i) >= 0.25 * 2 ** 32 ? Math.fround(1 / 0.75) : 0));
    expect(new Set(mask).size).toBe(2);
  });

  it("fills normals from the same words", () => {
    const normals = new Float32Array(40);
    new RandomFill(64).fillNormals(normals, address);
    normals.forEach((value, i) => expect(value).toBeCloseTo(normalQuantile((wordAt(i) + 0.5) / 2 ** 32), 5));
  });

  it("keeps the mean of what it masks", () => {
    const mask = new Float32Array(100_000);
    const fill = new RandomFill(mask.length);
    fill.fillDropoutMask(mask, 0.3, address);
    const mean = mask.reduce((total, value) => total + value, 0) / mask.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.01);
    fill.fillDropoutMask(mask, 0, address);
    expect(mask.every((value) => value === 1)).toBe(true);
  });

  it.each([-0.1, 1, Number.NaN])("refuses the rate %d", (rate) => {
    expect(() => new RandomFill(16).fillDropoutMask(new Float32Array(16), rate, address)).toThrow(
      expect.objectContaining({ code: "network.option" }),
    );
  });

  it("refuses more than its capacity", () => {
    expect(() => new RandomFill(16).fillNormals(new Float32Array(17), address)).toThrow(/17 of 16/);
  });
});
