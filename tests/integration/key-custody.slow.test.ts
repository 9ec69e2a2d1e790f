import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageOfRun } from "@osteon/pipeline";
import {
  createIdentityFile,
  createSigningKeyFile,
  protectKey,
  readPackage,
  writePackage,
  type Identity,
} from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isExhaustive } from "../support/exhaustive.ts";
import { smallFile } from "./support/command-folder.ts";
import { failureOf, printedBy } from "./support/in-process.ts";
import { runOsteon, startOsteon } from "./support/osteon-process.ts";
import { findNeedles, needlesOf, searchFolder } from "./support/search-bytes.ts";

const passphrase = "correct horse battery staple";

/** A plain file is what every other test has. */
const custodies = isExhaustive ? (["file", "passphrase", "command"] as const) : (["passphrase", "command"] as const);

describe.each(custodies)("keys from a %s", (custody) => {
  let folder: string;
  let identity: Identity;
  let recipient: string;
  const at = (...names: string[]) => join(folder, ...names);
  const config = () => ["--config", at("osteon.yaml")];
  const json = async (...words: string[]) => JSON.parse(await printedBy([...words, ...config(), "--json"])) as unknown;

  /** Groups of the configuration that say where the keys are. */
  const keySettings = async (): Promise<readonly string[]> => {
    const keys = { identity: at("identity.txt"), models: at("models.pem"), trail: at("trail.pem") };
    if (custody === "passphrase") {
      writeFileSync(at("passphrase"), `${passphrase}\n`, { mode: 0o600 });
      for (const path of Object.values(keys)) {
        // Costs little: what is tried here does not depend on it.
        writeFileSync(path, await protectKey(readFileSync(path, "utf8"), passphrase, 4));
      }
    }
    // Stands for a key-management service, and notes which process asked.
    writeFileSync(at("kms.sh"), `echo $PPID "$1" >> ${at("asked")}\ncat "$1"\n`);
    const source = (key: string, path: string) =>
      custody === "command" ? `${key}_command: [/bin/sh, ${at("kms.sh")}, ${path}]` : `${key}_path: ${path}`;
    const protection = custody === "passphrase" ? ", passphrase_path: passphrase" : "";
    return [
      `encryption: { ${source("key", keys.identity)}${protection} }`,
      `registry: { directory: site/registry, ${source("signing_key", keys.models)}, trusted_keys: [models.pem.pub] }`,
      `audit: { ${source("signing_key", keys.trail)}, trusted_keys: [trail.pem.pub] }`,
    ];
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "osteon-custody-"));
    identity = await createIdentityFile(at("identity.txt"));
    await createSigningKeyFile(at("models.pem"));
    await createSigningKeyFile(at("trail.pem"));
    ({ recipient } = await createIdentityFile(at("backup-key.txt")));
    const limits = "service: { limits: { requests_per_minute: 0, patients_per_day: 0 } }";
    const backup = `backup: { directory: backups, recipients: [${recipient}] }`;
    writeFileSync(at("osteon.yaml"), [smallFile, ...(await keySettings()), backup, limits, ""].join("\n"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("seal a run, sign and serve its model, are asked for once, and are written nowhere", async () => {
    expect((await printedBy(["identity", "show", ...config()])).trim()).toBe(identity.recipient);
    const run = await runOsteon(["run", ...config(), "--run", at("run")]);
    expect(run).toMatchObject({ code: 0 });
    expect(existsSync(at("run", "keys", "identity.txt"))).toBe(false);
    const versions = [await addModel(packageOfRun(at("run"))), await addModel(await sealOther())];
    const promote = (version: string) => json("models", "promote", version, "--override", "--reason", "drill");
    await promote(versions[0]!);
    expect(await json("models", "verify")).toMatchObject({ versions: [{ problem: null }, { problem: null }] });

    const service = startOsteon(["serve", ...config(), "--port", "0", "--log", at("service.log")]);
    const address = (await service.waitFor(/, at (http:\/\/\S+) \(token/))[1]!;
    const token = readFileSync(at("site", "registry", "keys", "api-token"), "utf8").trim();
    const ask = () =>
      fetch(`${address}/generate`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ count: 3 }),
      });
    const versionOnAir = async () =>
      ((await (await fetch(`${address}/health`)).json()) as { model_version: string }).model_version;
    expect((await ask()).status).toBe(200);
    await promote(versions[1]!);
    await expect.poll(versionOnAir, { timeout: 20_000 }).toBe(versions[1]);
    expect((await ask()).status).toBe(200);
    service.child.kill("SIGTERM");
    const served = await service.ended;
    expect(served.code).toBe(0);
    if (custody === "command") {
      const asked = readFileSync(at("asked"), "utf8").split("\n");
      expect(asked.filter((line) => line === `${service.child.pid} ${at("identity.txt")}`)).toHaveLength(1);
    }

    await json("generate", "--model", at("run"), "--count", "5", "--out", at("five"));
    const secret = identity.revealSecret();
    const needles = new Map([...needlesOf("identity", secret), ...needlesOf("passphrase", passphrase)]);
    for (const text of [run.stdout, run.stderr, served.stdout, served.stderr]) {
      expect(findNeedles(Buffer.from(text), needles)).toEqual([]);
    }
    const own = [at("identity.txt"), at("passphrase")];
    expect(searchFolder(folder, needles, (path) => own.some((file) => file.endsWith(path) || path === file))).toEqual(
      [],
    );
  });

  it("back up and restore, where the same custodian opens what was restored", async () => {
    const made = (await json("backup")) as { path: string };
    const restored = await printedBy(
      ["restore", made.path, "--to", at("restored"), "--backup-key", at("backup-key.txt"), "--json"],
      custody === "passphrase" ? { OSTEON_PASSPHRASE_FILE: at("passphrase") } : {},
    );
    expect(JSON.parse(restored)).toMatchObject({ movedAside: null });
    expect(existsSync(at("restored", "keys", "identity.txt"))).toBe(custody !== "command");
    await json("backup", "rehearse");
    const again = ["--config", at("restored", "osteon.yaml")];
    expect((await printedBy(["identity", "show", ...again])).trim()).toBe(identity.recipient);
    await printedBy(["models", "verify", ...again]);
  });

  it("are refused by name where they do not open", async () => {
    writeFileSync(at("wrong"), "another passphrase of some length\n", { mode: 0o600 });
    const words = ["models", "verify", ...config()];
    if (custody === "passphrase") {
      expect(await failureOf(words, { OSTEON_PASSPHRASE_FILE: at("wrong") })).toMatchObject({
        code: 4,
        message: expect.stringContaining("OSTEON_PASSPHRASE_FILE") as string,
      });
    }
    rmSync(at("identity.txt"));
    const message = custody === "command" ? /The program sh, .*encryption\.key_command.*exit code 1/ : /ENOENT/;
    expect(await failureOf(words)).toMatchObject({ message: expect.stringMatching(message) as string });
  });

  async function addModel(path: string): Promise<string> {
    return ((await json("models", "add", "--model", path)) as { modelVersion: string }).modelVersion;
  }

  /** Another version with the same content. */
  async function sealOther(): Promise<string> {
    const { manifest, ...content } = await readPackage(packageOfRun(at("run")), identity);
    const { family, createdAt, osteonVersion, seed, options, training, scores } = manifest;
    const draft = { family, createdAt, osteonVersion, seed: seed + 1, options, training, scores };
    await writePackage(at("other.osteon"), { manifest: draft, ...content }, [identity.recipient]);
    return at("other.osteon");
  }
});
