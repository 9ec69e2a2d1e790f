import { Encrypter } from "age-encryption";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createIdentity } from "../identity.ts";
import { isProtected, protectKey, unprotectKey } from "./protected-key.ts";

/** Costs next to nothing: what is tried here does not depend on it. */
const workFactor = 2;
const passphrase = "correct horse battery staple";
const key = (await createIdentity()).revealSecret();
const encode = (text: string) => new TextEncoder().encode(text);
const sealed = encode(await protectKey(`${key}\n`, passphrase, workFactor));

describe("a protected key", () => {
  it("is told from one in plain", () => {
    expect(isProtected(sealed)).toBe(true);
    expect(isProtected(encode(`# a remark\n${key}\n`))).toBe(false);
    expect(isProtected(new Uint8Array())).toBe(false);
  });

  it("is opened by its passphrase, whatever characters that has", async () => {
    const given = fc.string({ unit: "grapheme", minLength: 15, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(given, fc.string(), async (word, text) => {
        const bytes = encode(await protectKey(text, word, workFactor));
        expect(await unprotectKey(bytes, word, "key.age")).toBe(text);
        expect(await unprotectKey(bytes, `${word} `, "key.age")).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it.each(["", "wrong", passphrase.toUpperCase()])("is not opened by %j", async (wrong) => {
    expect(await unprotectKey(sealed, wrong, "key.age")).toBeUndefined();
  });

  it("is refused wherever it was cut short or altered, and the refusal says nothing of it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 2), fc.boolean(), async (place, isCut) => {
        const bytes = isCut ? sealed.slice(0, place) : sealed.map((byte, i) => (i === place ? byte ^ 1 : byte));
        const opened = await unprotectKey(bytes, passphrase, "key.age").catch((error: unknown) => error);
        if (opened === undefined) return;
        expect(opened).toMatchObject({ code: "registry.protected-key", parameters: { file: "key.age" } });
        expect(opened).not.toHaveProperty("cause");
      }),
      { numRuns: 60 },
    );
  });

  it("for a public key, or with a cost that would take all memory, is refused by its name", async () => {
    const forKey = new Encrypter();
    forKey.addRecipient((await createIdentity()).recipient);
    await expect(unprotectKey(await forKey.encrypt(key), passphrase, "key.age")).rejects.toThrow(/not by a passphrase/);
    const dear =
      "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n" + `${"A".repeat(43)}\n--- ${"A".repeat(43)}\n`;
    await expect(unprotectKey(encode(dear), passphrase, "key.age")).rejects.toThrow(/work factor is larger than 2\^20/);
  });

  it("is not made with a passphrase that is soon tried through", async () => {
    const refusal = protectKey(key, "hunter2-hunter", workFactor);
    await expect(refusal).rejects.toMatchObject({ code: "registry.passphrase" });
    await expect(refusal).rejects.not.toThrow(/hunter2/);
  });

  it("made by age itself, with its usual work factor, is opened", async () => {
    // Made for this test with `age 1.1.1 --passphrase`; protects nothing else.
    const byAge =
      "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCAwczZiMjB0YXpnUWdXYXVSL0JPTXNBIDE4Cm13UEJQTmVnSGVsM1hsNEk4OFdLcGdidHFGTVIvSHd5UVZwalJWUVNFMnMKLS0tIGFINmRJMDNaZTBEcEkxV0VNaWQveGNEZDRXR0pIeUdUekRmeHhKeWl5cFUKeeYC61E/fnjzjNBOcgn+LYsKrdyf4P2gJNobazZ2Q1lGfX85PfQKA54Zciw=";
    expect(await unprotectKey(Buffer.from(byAge, "base64"), passphrase, "key.age")).toBe("made by age\n");
  });
});
