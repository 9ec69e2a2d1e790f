import { expect, it } from "vitest";
import { bytesOf, countOf } from "./amounts.ts";

it("puts nouns in the right number", () => {
  expect(countOf(0, "patient")).toBe("0 patients");
  expect(countOf(1, "patient")).toBe("1 patient");
  expect(countOf(1600, "patient")).toBe("1,600 patients");
  expect(countOf(2, "copy", "copies")).toBe("2 copies");
});

it("tells sizes as a person reads them", () => {
  expect([1, 999, 355_352, 2_400_000].map(bytesOf)).toEqual(["1 byte", "999 bytes", "355 kB", "2.4 MB"]);
});
