import { expect, it } from "vitest";
import { addressOf } from "./audit.ts";

it("asks for what was given and nothing else, escaped", () => {
  const nothing = { principal: "", action: "", from: "", to: "" };
  expect(addressOf(nothing)).toBe("/audit");
  expect(addressOf({ ...nothing, principal: "user:m&x" }, "/audit/export")).toBe(
    "/audit/export?principal=user%3Am%26x",
  );
  expect(addressOf(nothing, "/audit", { after: "3.4" })).toBe("/audit?after=3.4");
});
