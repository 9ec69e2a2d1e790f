import { OsteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { refuseSecretArguments } from "./refuse-secrets.ts";

const identity = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;

describe("a command line", () => {
  it.each([
    [["serve", "--key", identity], "--key"],
    [["serve", `--key=${identity}`], "--key"],
    [["serve", "-k", identity], "-k"],
    [["run", "--run", "postgres://u:hunter2@db/x"], "--run"],
    [["generate", "-m", "run", "-o", "0a1b2c3d".repeat(8)], "-o"],
    [[identity], "argument 1"],
    [["init", "a", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc"], "argument 3"],
    [["serve", "--secret-token", "aB3_".repeat(10) + "xyz"], "--secret-token"],
  ])("%j is refused, naming where", (words, place) => {
    const attempt = () => refuseSecretArguments(words);
    expect(attempt).toThrow(`The command line (${place}) holds a secret itself`);
    expect(attempt).toThrow(OsteonError);
    expect(attempt).not.toThrow(/hunter2|QQQ|0a1b|eyJ|aB3_/);
  });

  it("without one is taken", () => {
    refuseSecretArguments(["generate", "--model", "out/run", "--seed", "9007199254740991", "--out", "/data/x=y"]);
    refuseSecretArguments(["serve", "--key", "/keys/identity.txt", "--host=127.0.0.1"]);
    refuseSecretArguments([]);
  });
});
