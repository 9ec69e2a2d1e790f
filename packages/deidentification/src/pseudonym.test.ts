import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPseudonymiser } from "./pseudonym.ts";

const key = Uint8Array.from({ length: 32 }, (_, i) => i);

describe("createPseudonymiser", () => {
  it("gives the value that Python's hmac and base64 give", async () => {
    // base64.b32encode(hmac.new(bytes(range(32)), b"osteon-pseudonym-v1:7:2025-01:CASE-7", sha256).digest()[:10])
    const pseudonymise = await createPseudonymiser(key, "2025-01");
    expect(await pseudonymise("CASE-7")).toBe("P-CIJCVTT4NWHZELUH");
  });

  it("separates releases and keys", async () => {
    const first = await (await createPseudonymiser(key, "a"))("bc");
    const second = await (await createPseudonymiser(key, "ab"))("c");
    const third = await (await createPseudonymiser(new Uint8Array(32), "a"))("bc");
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it("gives different ids different pseudonyms of the same form", async () => {
    const pseudonymise = await createPseudonymiser(key, "r");
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (a, b) => {
        const [x, y] = [await pseudonymise(a), await pseudonymise(b)];
        expect(x).toMatch(/^P-[A-Z2-7]{16}$/);
        expect(x === y).toBe(new TextEncoder().encode(a).join() === new TextEncoder().encode(b).join());
      }),
    );
  });

  it("refuses a short key and a missing release", async () => {
    await expect(createPseudonymiser(new Uint8Array(31), "r")).rejects.toMatchObject({
      code: "deidentification.key-too-short",
    });
    await expect(createPseudonymiser(key, " ")).rejects.toMatchObject({ code: "deidentification.release-missing" });
  });
});
