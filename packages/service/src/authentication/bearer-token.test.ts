import { describe, expect, it } from "vitest";
import { createToken, createTokenVerifier, hashToken, readBearerToken } from "./bearer-token.ts";

describe("hashToken", () => {
  it("is SHA-256 (FIPS 180-2, example of the one-block message)", () => {
    expect(hashToken("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});

describe("createToken", () => {
  it("gives 256 bits that differ every time", () => {
    const tokens = Array.from({ length: 20 }, createToken);
    expect(new Set(tokens).size).toBe(20);
    for (const token of tokens) {
      expect(Buffer.from(token, "base64url")).toHaveLength(32);
    }
  });
});

describe("createTokenVerifier", () => {
  const accepted = [createToken(), createToken(), createToken()];

  it("accepts each of the tokens and nothing else", () => {
    const verify = createTokenVerifier(accepted.map((token) => hashToken(token).toUpperCase()));
    for (const [index, token] of accepted.entries()) {
      expect(verify(token)).toBe(index + 1);
      expect(verify(`${token}x`)).toBeUndefined();
      expect(verify(token.slice(0, -1))).toBeUndefined();
      expect(verify(hashToken(token))).toBeUndefined();
    }
    expect(verify("")).toBeUndefined();
    expect(verify(createToken())).toBeUndefined();
  });

  it("refuses an empty list", () => {
    expect(() => createTokenVerifier([])).toThrow(expect.objectContaining({ code: "service.no-tokens" }));
  });

  it("refuses a token in place of its hash, without repeating it", () => {
    const list = [hashToken("a"), accepted[0]!];
    expect(() => createTokenVerifier(list)).toThrow(
      expect.objectContaining({ code: "service.token-hash-malformed", parameters: { position: 2 } }),
    );
    try {
      createTokenVerifier(list);
    } catch (error) {
      expect(String(error)).not.toContain(accepted[0]);
    }
  });
});

describe("readBearerToken", () => {
  it.each([
    [undefined, undefined],
    ["", undefined],
    ["Bearer", undefined],
    ["Bearer ", undefined],
    ["Basic YTpi", undefined],
    ["Bearer a b", undefined],
    ["Bearer a-_.~+/=", "a-_.~+/="],
    ["bearer abc", "abc"],
    ["BEARER   abc ", "abc"],
  ])("reads %o as %o", (header, token) => {
    expect(readBearerToken(header)).toBe(token);
  });
});
