import { expect, it } from "vitest";
import { findSecretsInText } from "./find-secrets.ts";

// Put together here, so that this file holds none.
const planted = [
  ["a token of GitHub", ["ghp", "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"].join("_"), "github"],
  [
    "a private key",
    `-----BEGIN RSA PRIVATE${" KEY-----"}\n${"MIIEpAIBAAKCAQEA".repeat(8)}\n-----END RSA PRIVATE${" KEY-----"}`,
    "privatekey",
  ],
  [
    "a password in an address",
    ["postgresql://osteon:", "Gq8vT2xLw", "@db.hospital.org/cohort"].join(""),
    "database-connection-string",
  ],
  ["an age identity", `AGE-SECRET-KEY-${"1QUDZ4TRGW7Y2KAJ7CMT".padEnd(51, "Q")}`, "age-identity"],
  ["an API key", `osteon_${"0f".repeat(6)}_${"a1".repeat(32)}`, "osteon-api-key"],
] as const;

it.each(planted)("finds %s, and does not repeat it", async (_, secret, rule) => {
  const found = await findSecretsInText("deploy/notes.txt", `one line\nkey: ${secret}\n`);
  expect(found).toMatchObject([{ id: `${rule} deploy/notes.txt`, where: "deploy/notes.txt:2" }]);
  expect(JSON.stringify(found)).not.toContain(secret.slice(12, 30));
});

it("finds nothing in a text without secrets", async () => {
  expect(
    await findSecretsInText("a.md", "export OSTEON_KEY_FILE=/etc/osteon/identity.txt\nage1…, osteon_ID_SECRET\n"),
  ).toEqual([]);
});
