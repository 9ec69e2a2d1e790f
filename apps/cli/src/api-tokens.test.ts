import { mkdtempSync, rmSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashToken } from "@osteon/service";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readAcceptedTokens } from "./api-tokens.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-tokens-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const [first, second] = ["first-token-of-the-lab", "second/token+of~the.lab="];
const fromFile = (text: string) => {
  writeFileSync(join(folder, "tokens"), text);
  return readAcceptedTokens({
    fromEnvironment: undefined,
    path: join(folder, "tokens"),
    option: "service.token_path",
    create: false,
  });
};

describe("the accepted tokens", () => {
  it("come from a file with remarks, blank lines, a byte order mark and any line ends", async () => {
    const { hashes, place } = await fromFile(`\uFEFF# for the lab\r\n${first}\r\n\r\n  ${second}\r`);
    expect(hashes).toEqual([hashToken(first), hashToken(second)]);
    expect(place).toBe(join(folder, "tokens"));
  });

  it("are the same for services that start together and find no file", async () => {
    const source = { fromEnvironment: undefined, path: join(folder, "keys", "api-token"), option: "x", create: true };
    const all = await Promise.all(Array.from({ length: 8 }, () => readAcceptedTokens(source)));
    const token = readFileSync(source.path, "utf8").trim();
    for (const { hashes } of all) expect(hashes).toEqual([hashToken(token)]);
  });

  it("come from the environment before the file", async () => {
    const path = join(folder, "absent");
    const source = { path, option: "x", create: true };
    const { hashes, place } = await readAcceptedTokens({ ...source, fromEnvironment: `${first}, ${second},` });
    expect(hashes).toEqual([hashToken(first), hashToken(second)]);
    expect(place).toBe("$OSTEON_API_TOKEN");
    expect(() => statSync(path)).toThrow(/ENOENT/);
  });

  it("are made where the file may be made, for its owner only, and are the same the next time", async () => {
    const source = { fromEnvironment: "", path: join(folder, "keys", "api-token"), option: "x", create: true };
    const made = await readAcceptedTokens(source);
    const token = readFileSync(source.path, "utf8").trim();
    expect(made.hashes).toEqual([hashToken(token)]);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(statSync(source.path).mode & 0o777).toBe(0o600);
    expect(await readAcceptedTokens(source)).toEqual(made);
  });

  it.each([
    ["", /holds no token/],
    ["# nothing\n\n", /holds no token/],
    ["short\n", /fewer than 16 characters/],
    [`${first}\nten tokens of the lab\n`, /\(number 2\) with characters/],
    ["tokén-of-the-laboratory\n", /with characters/],
  ])("are refused in a file of %j, without being repeated", async (text, expected) => {
    const attempt = fromFile(text);
    await expect(attempt).rejects.toMatchObject({ code: "configuration.token" });
    await expect(attempt).rejects.toThrow(expected);
    await expect(attempt).rejects.not.toThrow(/of the lab|short\b|laboratory/);
  });

  it("are not made up where the configuration names a file that is not there", async () => {
    const source = {
      fromEnvironment: undefined,
      path: join(folder, "no"),
      option: "service.token_path",
      create: false,
    };
    await expect(readAcceptedTokens(source)).rejects.toThrow(
      /no, given by service\.token_path, cannot be read \(ENOENT\)/,
    );
    const attempt = readAcceptedTokens({ ...source, path: folder, create: true });
    await expect(attempt).rejects.toThrow(/EISDIR/);
  });
});
