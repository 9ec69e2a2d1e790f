import fc from "fast-check";
import { expect, it } from "vitest";
import { ByteIndex } from "./byte-index.ts";

it("numbers names as a map of strings does", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 4 })), (names) => {
      const index = new ByteIndex();
      const numbers = new Map<string, number>();
      for (const name of names) {
        const bytes = Buffer.from(`..${name}.`);
        const bounds = [bytes, 2, bytes.length - 1] as const;
        expect(index.find(...bounds)).toBe(numbers.get(name) ?? -1);
        if (!numbers.has(name)) numbers.set(name, index.add(...bounds));
      }
      expect(index.size).toBe(numbers.size);
    }),
  );
});

it("keeps its numbers while it grows", () => {
  const index = new ByteIndex();
  const nameOf = (number: number) => Buffer.from(`a-name-that-is-rather-long-${number}`);
  for (let number = 0; number < 30_000; number++) {
    const name = nameOf(number);
    expect(index.add(name, 0, name.length)).toBe(number);
  }
  for (const number of [0, 1, 4095, 4096, 29_999]) {
    const name = nameOf(number);
    expect(index.find(name, 0, name.length)).toBe(number);
  }
});
