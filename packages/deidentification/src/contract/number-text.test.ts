import { expect, it } from "vitest";
import { isNumberText } from "./number-text.ts";

it.each(["0", "-1", "+2.5", "3.", ".5", "1e3", "4.2E-10"])("takes %s for a number", (text) => {
  expect(isNumberText(text)).toBe(true);
  expect(Number(text)).not.toBeNaN();
});

// Number takes some of these.
it.each(["", ".", " 1", "1,5", "0x10", "Infinity", "NaN", "1e", "--1", "1_000"])(
  "does not take “%s” for one",
  (text) => {
    expect(isNumberText(text)).toBe(false);
  },
);
