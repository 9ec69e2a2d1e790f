import { expect } from "vitest";

/** Agreement to 1e-6, relative where a value is above 1. */
export function expectClose(actual: ArrayLike<number>, expected: number | readonly number[]): void {
  const list = [expected].flat();
  expect(actual.length).toBe(list.length);
  list.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value))));
}
