import type { Scope } from "@osteon/contracts";
import { expect, it } from "vitest";
import { hasScope } from "./session.ts";

it("lets those do something who have its scope or a wider one", () => {
  const may = (scopes: Scope[], scope: Scope) =>
    hasScope({ principal: "a", scopes, expires_at: null, parts: [] }, scope);
  expect(may(["generate"], "generate")).toBe(true);
  expect(may(["generate:bulk"], "generate")).toBe(true);
  expect(may(["admin"], "audit:read")).toBe(true);
  expect(may(["generate:bulk", "audit:read"], "models:promote")).toBe(false);
  expect(may([], "generate")).toBe(false);
});
