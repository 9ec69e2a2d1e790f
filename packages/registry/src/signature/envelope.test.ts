import { createPublicKey, verify } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openEnvelope, signEnvelope, type SignedEnvelope } from "./envelope.ts";
import { createSigningKey } from "./signing-key.ts";

const key = createSigningKey();
const type = "application/vnd.test+json";
const opened = (envelope: unknown, trusted = [key.publicKey], as = type) =>
  openEnvelope(envelope, as, trusted, "the test");

describe("a signed envelope", () => {
  it("gives back what was signed", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
        (value) => {
          const clean = Object.fromEntries(Object.entries(value).filter(([name]) => name !== "__proto__"));
          expect(opened(signEnvelope(type, clean, key))).toEqual(clean);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("signs the bytes that DSSE 1.0 says, so that another program can check it", () => {
    const { payload, signatures } = signEnvelope("http://example.com/HelloWorld", { a: 1 }, key);
    const message = Buffer.from('DSSEv1 29 http://example.com/HelloWorld 7 {"a":1}');
    expect(Buffer.from(payload, "base64").toString()).toBe('{"a":1}');
    const publicKey = createPublicKey(key.publicKey.toPem());
    expect(verify(null, message, publicKey, Buffer.from(signatures[0]!.sig, "base64"))).toBe(true);
  });

  it("is refused with any character of it changed", () => {
    const text = JSON.stringify(signEnvelope(type, { version: "one" }, key));
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
      let value: unknown;
      try {
        value = JSON.parse(changed);
      } catch {
        continue;
      }
      // The last character of base64 may carry bits that decode to nothing.
      const same = JSON.stringify(decode(value)) === JSON.stringify(decode(JSON.parse(text)));
      if (!same) expect(() => opened(value), `character ${at}`).toThrow(/signature of the test is refused/);
    }
  });

  it("is refused from another key, by name of both", () => {
    const other = createSigningKey();
    const envelope = signEnvelope(type, {}, other);
    expect(() => opened(envelope)).toThrow(new RegExp(`another key \\(${other.publicKey.keyId.slice(0, 16)}\\)`));
    const named = { ...envelope, signatures: [{ ...envelope.signatures[0]!, keyid: key.publicKey.keyId }] };
    expect(() => opened(named)).toThrow(/does not hold/);
  });

  it("is refused as another kind of statement", () => {
    expect(() => opened(signEnvelope(type, {}, key), [key.publicKey], "application/other")).toThrow(/another kind/);
  });

  it("keeps the private key out of everything that prints", () => {
    const secret = key.revealPem().split("\n")[1]!;
    for (const text of [inspect(key, { depth: 9, showHidden: true }), JSON.stringify(key), String(key)]) {
      expect(text).not.toContain(secret);
    }
  });
});

function decode(value: unknown): unknown {
  const { payload, payloadType, signatures } = value as Partial<SignedEnvelope>;
  const bytes = (text: unknown) => (typeof text === "string" ? Buffer.from(text, "base64").toString("hex") : text);
  return [
    payloadType,
    bytes(payload),
    (signatures ?? []).map(({ keyid, sig }) => [keyid, bytes(sig)]),
    Object.keys(value as object),
  ];
}
