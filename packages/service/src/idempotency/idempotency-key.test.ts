import { describe, expect, it } from "vitest";
import { readIdempotencyKey } from "./idempotency-key.ts";

describe("readIdempotencyKey", () => {
  it.each([
    [undefined, undefined],
    ['"8e03978e-40d5-43e8-bc93-6894a57f9324"', "8e03978e-40d5-43e8-bc93-6894a57f9324"],
    ["8e03978e-40d5-43e8-bc93-6894a57f9324", "8e03978e-40d5-43e8-bc93-6894a57f9324"],
    [' "a key" ', "a key"],
    [String.raw`"a \"key\" and \\"`, String.raw`a "key" and \ `.trimEnd()],
    [`"${"k".repeat(255)}"`, "k".repeat(255)],
  ])("reads %o as %o", (header, key) => {
    expect(readIdempotencyKey(header)).toBe(key);
  });

  it.each([
    "",
    '""',
    " ",
    '"open',
    'open"',
    "two words",
    '"a", "b"',
    '"a";q=1',
    "a,b",
    '"a\\x"',
    '"CANARY-ä"',
    "CANARY\u0000",
    "k".repeat(256),
    ["a", "b"],
  ])("refuses %o without repeating it", (header) => {
    expect(() => readIdempotencyKey(header)).toThrow(
      expect.objectContaining({ code: "service.idempotency-key-malformed", parameters: { longest: 255 } }),
    );
  });
});
