import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseConfiguration } from "../configuration/read-configuration.ts";
import { refuseSecretArguments, refuseSecretVariables } from "../refuse-secrets.ts";
import { keysOf } from "./command-keys.ts";
import { environmentOfKeyCommand } from "./key-command-environment.ts";
import { readPassphraseFile } from "./passphrase-file.ts";
import { TypedPassphrases } from "./typed-passphrases.ts";

const folder = mkdtempSync(join(tmpdir(), "osteon-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));
const secret = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;

describe("where a key is", () => {
  const configured = (text: string) => parseConfiguration(text, "/etc/osteon/osteon.yaml", {});
  const command = configured("encryption: { key_command: [vault, read] }");
  const file = configured("encryption: { key_path: id.txt }");

  it("is said by the option, else by the variable, else by the configuration", () => {
    const environment = { OSTEON_KEY_FILE: "/run/id" };
    expect(keysOf({ environment }, command).identity("/opt/id")?.path).toBe("/opt/id");
    expect(keysOf({ environment }, command).identity(undefined)?.path).toBe("/run/id");
    expect(keysOf({ environment: {} }, file).identity(undefined)?.path).toBe("/etc/osteon/id.txt");
    expect(keysOf({ environment: {} }, command).identity(undefined)).toMatchObject({ name: "What vault printed" });
    expect(keysOf({ environment: {} }, configured("")).identity(undefined)).toBeUndefined();
  });

  it.each([
    ["encryption: { key_path: a, key_command: [b] }", /key_command.*must be left out where key_path is given/],
    ["encryption: { key_command: [] }", /key_command/],
    ["encryption: { key_command: [./kms] }", /absolute path/],
    ["registry: { signing_key_command: [kms] }", /trusted_keys.*public half/],
    ["audit: { signing_key_command: [kms] }", /trusted_keys.*public half/],
    [`encryption: { key_command: [echo, ${secret}] }`, /holds a secret itself/],
    ["encryption: { passphrase: hunter2 }", /encryption/],
  ])("%s is refused", (text, message) => {
    expect(() => configured(text)).toThrow(message);
    expect(() => configured(text)).not.toThrow(/hunter2|QQQ/);
  });
});

it("a key command gets what it needs, and no secret of Osteon's", () => {
  const given = {
    PATH: "/bin",
    VAULT_TOKEN: "t",
    HTTPS_PROXY: "p",
    OSTEON_API_TOKEN: "a",
    REGISTRY_DATABASE_URL: "postgres://u:p@h/d",
    PGPASSWORD: "g",
    HSM_SLOT: "3",
  };
  expect(environmentOfKeyCommand(given, ["HSM_SLOT"])).toEqual({
    PATH: "/bin",
    VAULT_TOKEN: "t",
    HTTPS_PROXY: "p",
    HSM_SLOT: "3",
  });
});

it.each(["OSTEON_PASSPHRASE", "OSTEON_BACKUP_PASSPHRASE", "OSTEON_KEY", "OSTEON_BACKUP_KEY"])(
  "%s is refused, naming the variable for its file",
  (name) => {
    const attempt = () => refuseSecretVariables({ [name]: "hunter2" });
    expect(attempt).toThrow(new RegExp(`${name} holds a secret itself.*${name}_FILE`));
    expect(attempt).not.toThrow(/hunter2/);
    expect(() => refuseSecretVariables({ [`${name}_FILE`]: secret })).toThrow(/holds a secret itself/);
    refuseSecretVariables({ [`${name}_FILE`]: "/run/secrets/it" });
  },
);

it.each([["--passphrase=hunter2"], ["--passphrase", "hunter2"], ["--password", "hunter2"]])(
  "%j %j is refused",
  (...words) => {
    expect(() => refuseSecretArguments(["serve", ...words])).toThrow(/holds a secret itself/);
    expect(() => refuseSecretArguments(["serve", ...words])).not.toThrow(/hunter2/);
  },
);

describe("a passphrase file", () => {
  const path = join(folder, "passphrase");
  const read = (text: string, mode = 0o600) => {
    writeFileSync(path, text);
    chmodSync(path, mode);
    return readPassphraseFile({ path, setting: "OSTEON_PASSPHRASE_FILE" });
  };

  it("is one line, whose end does not count and whose blanks do", async () => {
    for (const end of ["", "\n", "\r\n"]) expect(await read(` five words ${end}`)).toBe(" five words ");
  });

  it("is refused by what is wrong, naming what names it and never what is in it", async () => {
    await expect(read("\n")).rejects.toThrow(/OSTEON_PASSPHRASE_FILE names cannot be used.*empty/);
    await expect(read("hunter2\nagain\n")).rejects.toThrow(/more than one line/);
    await expect(read("hunter2\nagain\n")).rejects.not.toThrow(/hunter2/);
    await expect(readPassphraseFile({ path: "hunter2", setting: "X" })).rejects.not.toThrow(/hunter2/);
  });

  it.skipIf(process.platform === "win32")("is refused where others can read it", async () => {
    await expect(read("five words", 0o644)).rejects.toMatchObject({ code: "registry.key-permissions" });
  });
});

describe("a typed passphrase", () => {
  const opens = (right: string) => (given: string) => Promise.resolve(given === right ? "key" : undefined);

  it("is asked for again where it is wrong, and then never more", async () => {
    const answers = ["wrong", "right", "other"];
    const questions: string[] = [];
    const typed = new TypedPassphrases((question) => {
      questions.push(question);
      return Promise.resolve(answers.shift()!);
    });
    expect(typed.wereTyped).toBe(false);
    // At once, as two keys may be opened.
    const both = [typed.open("a.age", opens("right")), typed.open("b.age", opens("right"))];
    expect(await Promise.all(both)).toEqual(["key", "key"]);
    expect(questions).toEqual(["Passphrase of a.age: ", "That is not it. Passphrase of a.age: "]);
    expect(await typed.open("c.age", opens("other"))).toBe("key");
    expect([typed.wereTyped, JSON.stringify(typed)]).toEqual([true, '"[secret]"']);
  });

  it("is refused after three, and a new one where the two differ", async () => {
    let count = 0;
    const typed = new TypedPassphrases(() => Promise.resolve(`wrong ${count++}`));
    await expect(typed.open("a.age", opens("right"))).rejects.toMatchObject({ code: "registry.wrong-passphrase" });
    expect(count).toBe(3);
    await expect(typed.choose("a.age")).rejects.toMatchObject({ code: "registry.passphrase" });
  });
});
