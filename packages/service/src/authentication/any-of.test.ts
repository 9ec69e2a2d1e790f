import { osteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { anyOf } from "./any-of.ts";
import type { Authenticator, Principal, TokenRefusal } from "./authenticator.ts";

const answering = (answer: Principal | TokenRefusal): Authenticator => ({ authenticate: () => answer });
const failing: Authenticator = {
  authenticate: () => Promise.reject(osteonError("service.identity-provider-unavailable", {})),
};
const ann: Principal = { id: "ann", scopes: ["generate"] };

describe("anyOf", () => {
  it("takes the first that accepts", async () => {
    expect(await anyOf([answering("unknown"), answering(ann), failing]).authenticate("x")).toBe(ann);
  });

  it("gives the refusal that says most, whatever their order", async () => {
    for (const refusals of [
      ["unknown", "expired", "malformed"] as const,
      ["expired", "malformed", "unknown"] as const,
    ]) {
      expect(await anyOf(refusals.map(answering)).authenticate("x")).toBe("expired");
    }
    expect(await anyOf([]).authenticate("x")).toBe("malformed");
  });

  it("fails where one cannot tell and no other accepts, and only there", async () => {
    expect(await anyOf([failing, answering(ann)]).authenticate("x")).toBe(ann);
    await expect(anyOf([failing, answering("unknown")]).authenticate("x")).rejects.toMatchObject({
      code: "service.identity-provider-unavailable",
    });
  });
});
