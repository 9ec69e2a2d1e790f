import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageOfRun, runPipeline } from "@osteon/pipeline";
import { createIdentityFile, readIdentity } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openServerSession } from "../../packages/connectors/src/database/driver/open-server-session.ts";
import {
  skipsRealServer,
  startRealServer,
  type RealServer,
} from "../../packages/connectors/src/database/testing/real-server.ts";
import { failureOf, printedBy } from "./support/in-process.ts";
import { startObjectStorageServer, type ObjectStorageServer } from "./support/object-storage-server.ts";
import { smallConfiguration } from "./support/small-run.ts";

/*
 * The ledger takes seconds to open: tests/integration/rehearsal.slow.test.ts has one.
 */

/** A site: `osteon.yaml` with what it names, a registry with a model on air, and a key for backups. */
let folder: string;
let version: string;
const at = (...parts: string[]) => join(folder, ...parts);
const config = () => ["--config", at("osteon.yaml")];
const backupKey = () => ["--backup-key", at("custodian", "backup-key.txt")];
const json = async (words: readonly string[], environment = {}): Promise<Record<string, unknown>> =>
  JSON.parse(await printedBy([...words, "--json"], environment)) as Record<string, unknown>;
let recipient: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-site-"));
  for (const name of ["site", "custodian"]) mkdirSync(at(name));
  ({ recipient } = await createIdentityFile(at("custodian", "backup-key.txt")));
  await createIdentityFile(at("site", "identity.txt"));
  const configuration = smallConfiguration({ encryption: { key_path: at("site", "identity.txt") } });
  await runPipeline({ configuration, directory: at("run"), osteonVersion: "0.1.0" });
  writeFileSync(at("site", "aliases.tsv"), "OLD\tTP53\n");
  writeFileSync(
    at("osteon.yaml"),
    [
      "# the site's",
      "data: { source: cbioportal, path: study }",
      "cohort: { gene_aliases: site/aliases.tsv }",
      "encryption: { key_path: site/identity.txt }",
      "registry: { directory: site/registry }",
      "storage: { directory: site/ledger }",
      `backup: { directory: backups, recipients: [${recipient}], keep: 2 }`,
      "",
    ].join("\n"),
  );
  await printedBy(["models", "add", "-m", packageOfRun(at("run")), ...config()]);
  const listed = JSON.parse(await printedBy(["models", "list", "--json", ...config()])) as { version: string }[];
  version = listed[0]!.version;
  await printedBy(["models", "promote", version, "--override", "--reason", "drill", ...config()]);
  await printedBy(["keys", "create", "--name", "ward-7", ...config()]);
  mkdirSync(at("site", "audit"), { recursive: true });
  writeFileSync(at("site", "audit", "000001.jsonl"), '{"n":1}\n{"half');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("osteon backup and osteon restore", () => {
  it("bring a site back: models, history, keys, API keys, audit trail and configuration", async () => {
    const made = await json(["backup", ...config()]);
    const absent = [`ledger (${at("site", "ledger")})`, "drift"];
    expect(made).toMatchObject({ onAir: version, removed: [], absent });
    const file = String(made["path"]);
    expect(await json(["backup", "verify", file, ...backupKey()])).toMatchObject({ onAir: version, moves: 1 });
    const restored = at("restored");
    expect(await json(["restore", file, "--to", restored, ...backupKey()])).toMatchObject({
      onAir: version,
      movedAside: null,
    });
    const read = (path: string) => readFileSync(join(restored, path), "utf8");
    expect(read("configuration/original.yaml")).toBe(readFileSync(at("osteon.yaml"), "utf8"));
    expect(read("osteon.yaml")).toContain(`path: ${at("study")}`);
    expect(read("osteon.yaml")).toContain("# the site's");
    expect(read("configuration/cohort-gene_aliases.tsv")).toBe("OLD\tTP53\n");
    expect(read("audit/000001.jsonl")).toBe('{"n":1}\n');
    expect(readdirSync(restored).sort()).toEqual([
      "api-keys",
      "audit",
      "configuration",
      "keys",
      "osteon.yaml",
      "registry",
    ]);
    // Everything by the restored configuration alone.
    const there = ["--config", join(restored, "osteon.yaml")];
    const before = await printedBy(["models", "show", "--json", ...config()]);
    expect(await printedBy(["models", "show", "--json", ...there])).toBe(before);
    // By the trail's own verification, with the keys that came back with it.
    expect(await json(["audit", "verify", ...there])).toMatchObject({ findings: [] });
    expect(await printedBy(["keys", "list", "--json", ...there])).toBe(
      await printedBy(["keys", "list", "--json", ...config()]),
    );
    expect(await json(["models", "verify", ...there])).toMatchObject({ versions: [{ version, problem: null }] });
    expect(await json(["backup", "rehearse", ...there])).toMatchObject({ onAir: version, comparedPatients: 50 });
  });

  it("leave data alone that are there, and keep as many backups as configured", async () => {
    mkdirSync(at("kept"));
    writeFileSync(at("kept", "mine"), "mine");
    const file = String((await json(["backup", ...config()]))["path"]);
    const words = ["restore", file, "--to", at("kept"), ...backupKey()];
    expect(await failureOf(words)).toMatchObject({ code: 2, message: expect.stringContaining("--force") as string });
    expect(readdirSync(at("kept"))).toEqual(["mine"]);
    const { movedAside } = await json([...words, "--force"]);
    expect(readFileSync(join(String(movedAside), "mine"), "utf8")).toBe("mine");
    await json(["backup", ...config()]);
    expect(readdirSync(at("backups")).filter((name) => name.endsWith(".age"))).toHaveLength(2);
  });

  it("refuse what could not be opened afterwards, and what is altered already", async () => {
    const own = (await readIdentity(at("site", "identity.txt"))).recipient;
    const words = ["backup", "--registry", at("site", "registry"), "--out", at("others")];
    const key = ["--key", at("site", "identity.txt")];
    for (const [more, code] of [
      [[...key, "--recipient", own], 2],
      [key, 2],
      [["--recipient", recipient], 2],
      [[...key, "--recipient", "age1nonsense"], 2],
      [["--key", at("custodian", "backup-key.txt"), "--recipient", own], 4],
    ] as const) {
      expect([more, (await failureOf([...words, ...more])).code]).toEqual([more, code]);
    }
    const bundle = at("site", "registry", "packages", `${version}.osteon-bundle`);
    const bytes = readFileSync(bundle);
    writeFileSync(bundle, Buffer.from(bytes).fill(1, bytes.length - 20));
    expect(await failureOf(["backup", ...config()])).toMatchObject({
      code: 4,
      message: expect.stringContaining(version) as string,
    });
    expect(await failureOf([...words, ...key, "--recipient", recipient, "--registry", at("mistyped")])).toMatchObject({
      message: expect.stringContaining("no registry of models") as string,
    });
    rmSync(bundle);
    expect(await failureOf(["backup", ...config()])).toMatchObject({ code: 5 });
    writeFileSync(bundle, bytes);
    expect(readdirSync(at("others")).filter((name) => name.endsWith(".age"))).toEqual([]);
  });

  it("are refused with a wrong key and an altered file, by name, and leave nothing behind", async () => {
    const file = String((await json(["backup", ...config()]))["path"]);
    const wrong = ["restore", file, "--to", at("none"), "--backup-key", at("site", "identity.txt")];
    expect(await failureOf(wrong)).toMatchObject({ code: 4 });
    expect(await failureOf(["restore", file, "--to", at("none")])).toMatchObject({ code: 2 });
    const bytes = readFileSync(file);
    bytes[bytes.length - 100_000]! ^= 1;
    writeFileSync(at("altered.tar.age"), bytes);
    for (const words of [
      ["backup", "verify"],
      ["restore", "--to", at("none")],
    ]) {
      expect(await failureOf([...words, at("altered.tar.age"), ...backupKey()])).toMatchObject({
        code: 4,
        message: expect.stringMatching(/altered\.tar\.age is not what was backed up: its bytes/) as string,
      });
    }
    expect(readdirSync(folder).filter((name) => /none/.test(name))).toEqual([]);
  });
});

describe.skipIf(skipsRealServer())("with moves in PostgreSQL and packages in an object storage", () => {
  let server: RealServer;
  let storage: ObjectStorageServer;
  let environment: Record<string, string>;
  let file: string;
  const servers = () => ["--config", at("servers.yaml")];
  beforeAll(async () => {
    [server, storage] = await Promise.all([startRealServer(), startObjectStorageServer()]);
    const { host, port, database, user, password } = server.address;
    writeFileSync(at("custodian", "s3-secret"), `${storage.address.secretAccessKey}\n`);
    environment = {
      REGISTRY_DATABASE_URL: `postgresql://${user}:${password}@${host}:${port}/${database}`,
      AWS_ACCESS_KEY_ID: storage.address.accessKeyId,
      AWS_SECRET_ACCESS_KEY_FILE: at("custodian", "s3-secret"),
    };
    const { endpoint, bucket, region } = storage.address;
    writeFileSync(
      at("servers.yaml"),
      [
        "encryption: { key_path: site/identity.txt }",
        "storage: { directory: no-ledger }",
        "registry:",
        "  directory: servers/registry",
        "  metadata: postgres",
        `  packages: { s3: { endpoint: "${endpoint}", bucket: ${bucket}, region: ${region} } }`,
        "",
      ].join("\n"),
    );
    await printedBy(["models", "add", "-m", packageOfRun(at("run")), ...servers()], environment);
    await printedBy(["models", "promote", version, "--override", "--reason", "drill", ...servers()], environment);
    const words = ["backup", ...servers(), "--recipient", recipient, "--out", at("server-backups")];
    file = String((await json(words, environment))["path"]);
  });
  afterAll(async () => {
    server?.stop();
    await storage?.close();
  });

  it("keep nothing of both in the registry's directory", () => {
    expect(readdirSync(at("servers", "registry"))).toEqual(["keys"]);
    expect([...storage.objects.keys()]).toEqual([`osteon/packages/${version}.osteon-bundle`]);
  });

  it("come back on the servers, where they were lost", async () => {
    const before = await printedBy(["models", "show", "--json", ...servers()], environment);
    storage.objects.clear();
    await using owner = await openServerSession(server.address);
    await owner.run("DROP SCHEMA osteon_registry CASCADE");
    await json(["restore", file, "--to", at("servers-restored"), ...backupKey()], environment);
    const there = ["--config", at("servers-restored", "osteon.yaml")];
    expect(await printedBy(["models", "show", "--json", ...there], environment)).toBe(before);
    expect(readdirSync(at("servers-restored", "registry"))).toEqual(["keys"]);
    expect(await json(["models", "verify", ...there], environment)).toMatchObject({ versions: [{ problem: null }] });
  });

  it("stay as they are where they went on since, and are replaced by force alone where they went elsewhere", async () => {
    const restore = (to: string, ...more: string[]) => ["restore", file, "--to", at(to), ...backupKey(), ...more];
    const promote = ["models", "promote", version, "--override", "--reason", "again", ...servers()];
    await printedBy(promote, environment);
    await json(restore("went-on"), environment);
    const moves = async () =>
      ((await json(["models", "show", ...servers()], environment))["moves"] as unknown[]).length;
    expect(await moves()).toBe(2);
    await using owner = await openServerSession(server.address);
    await owner.run("DELETE FROM osteon_registry.move");
    await printedBy(promote, environment);
    await printedBy(promote, environment);
    expect(await failureOf(restore("elsewhere"), environment)).toMatchObject({
      code: 4,
      message: expect.stringContaining("from move 1 on") as string,
    });
    expect(readdirSync(folder).filter((name) => name.includes("elsewhere"))).toEqual([]);
    await json(restore("elsewhere", "--self-contained"), environment);
    expect(await moves()).toBe(2);
    const own = ["--config", at("elsewhere", "osteon.yaml")];
    expect(await json(["models", "verify", ...own])).toMatchObject({ versions: [{ version, problem: null }] });
    await json(restore("elsewhere", "--force"), environment);
    expect(await moves()).toBe(1);
  });

  it("say which variable is missing", async () => {
    const { REGISTRY_DATABASE_URL: _, ...withoutUrl } = environment;
    expect(await failureOf(["models", "show", ...servers()], withoutUrl)).toMatchObject({
      code: 2,
      message: expect.stringContaining("REGISTRY_DATABASE_URL") as string,
    });
    const { AWS_ACCESS_KEY_ID: __, ...withoutKey } = environment;
    expect(await failureOf(["models", "list", ...servers()], withoutKey)).toMatchObject({
      code: 2,
      message: expect.stringContaining("AWS_ACCESS_KEY_ID") as string,
    });
  });
});
