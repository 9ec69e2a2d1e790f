import { describe, expect, it } from "vitest";
import { parseExpiry } from "./parse-expiry.ts";

const now = new Date("2026-03-01T12:00:00Z");

describe("parseExpiry", () => {
  it.each([
    ["90d", "2026-05-30T12:00:00.000Z"],
    ["1y", "2027-03-01T12:00:00.000Z"],
    ["2028-02-29", "2028-02-29T00:00:00.000Z"],
    ["2026-03-02", "2026-03-02T00:00:00.000Z"],
  ])("reads %s", (text, at) => {
    expect(parseExpiry(text, now).toISOString()).toBe(at);
  });

  it.each([
    "",
    "0d",
    "never",
    "1",
    "1m",
    "-1d",
    "6y",
    "9999d",
    "2026-03-01",
    "2025-01-01",
    "2027-02-30",
    "2027-13-01",
    "2099-01-01",
  ])("refuses %j", (text) => {
    expect(() => parseExpiry(text, now)).toThrow(expect.objectContaining({ code: "configuration.option" }));
  });
});
