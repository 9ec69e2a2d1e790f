import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OsteonError } from "@osteon/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkDatabase } from "./check-database.ts";
import { openServerSession } from "./driver/open-server-session.ts";
import type { ServerAddress } from "@osteon/database-server";
import { openDatabase } from "./open-database.ts";
import { skipsRealServer, startRealServer, type RealServer } from "./testing/real-server.ts";
import { readSite, threePatients } from "./testing/site.ts";

const password = "KANARIENVOGEL-password";
const skip = skipsRealServer();

describe("connecting to a PostgreSQL server", () => {
  let folder: string;
  let server: RealServer;
  let address: ServerAddress;
  let certificate: string;
  beforeAll(async () => {
    if (skip) return;
    folder = mkdtempSync(join(tmpdir(), "osteon-connecting-"));
    const [key, crt] = [join(folder, "server.key"), join(folder, "server.crt")];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    const words = ["req", "-x509", ...kind, "-keyout", key, "-out", crt, ...names];
    const made = spawnSync("openssl", words, { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`openssl failed: ${made.stderr}`);
    certificate = readFileSync(crt, "utf8");
    server = await startRealServer({ certificate, key: readFileSync(key, "utf8") });
    await using owner = await openServerSession(server.address);
    for (const statement of [
      `create role reader login password '${password}'`,
      "create schema research",
      "create table research.patients as select 'S1'::text as patient_id, 'secret'::text as home_phone",
      "create view research.osteon as select patient_id from research.patients",
      "grant usage on schema research to reader",
      "grant select on research.osteon to reader",
    ]) {
      await owner.run(statement);
    }
    address = { ...server.address, user: "reader", password };
  });
  afterAll(() => {
    server?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const failureOf = async (changes: Partial<ServerAddress>): Promise<OsteonError> => {
    const failure: unknown = await openServerSession({ ...address, ...changes }).then(
      (session) => session.close(),
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(OsteonError);
    const { message, parameters, cause, stack } = failure as OsteonError;
    expect(JSON.stringify({ message, parameters, cause, stack })).not.toMatch(/KANARIENVOGEL/);
    return failure as OsteonError;
  };

  it.skipIf(skip)(
    "tells a wrong password, an unknown role, an unknown database and no password apart from each other",
    async () => {
      expect((await failureOf({ password: `${password}-wrong` })).code).toBe("connectors.database-login");
      expect((await failureOf({ user: "stranger" })).code).toBe("connectors.database-login");
      expect((await failureOf({ password: "" })).code).toBe("connectors.database-login");
      const unknown = await failureOf({ database: "elsewhere" });
      expect(unknown.code).toBe("connectors.database-unknown");
      expect(unknown.message).toContain(`127.0.0.1:${address.port}/elsewhere`);
    },
  );

  it.skipIf(skip)("tells of a host that is not there, and of one that speaks another language", async () => {
    expect(await failureOf({ host: "db.invalid" })).toMatchObject({ code: "connectors.database-unreachable" });
    expect(await failureOf({ port: 1 })).toMatchObject({
      code: "connectors.database-unreachable",
      parameters: { reason: "ECONNREFUSED" },
    });
    const stranger = createServer((socket) => socket.end("HTTP/1.1 400 KANARIENVOGEL\r\n\r\n"));
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = stranger.address() as AddressInfo;
      expect((await failureOf({ port })).code).toMatch(/^connectors\.database-(?:unreachable|failed)$/);
    } finally {
      stranger.close();
    }
  });

  it.skipIf(skip)("accepts a certificate of the authority and of the name, and no other", async () => {
    const checked = { tls: "verify-full", rootCertificate: certificate } as const;
    await using session = await openServerSession({ ...address, ...checked, host: "localhost" });
    expect(await session.run("select ssl::text from pg_stat_ssl where pid = pg_backend_pid()")).toEqual([["true"]]);
    // Another name than the certificate's, also where that is an address.
    expect((await failureOf({ ...checked, host: "127.0.0.1" })).code).toBe("connectors.database-tls");
    // An authority that nobody knows.
    expect((await failureOf({ tls: "verify-full", host: "localhost" })).code).toBe("connectors.database-tls");
    await using unnamed = await openServerSession({ ...address, ...checked, tls: "verify-ca" });
    await using unchecked = await openServerSession({ ...address, tls: "require" });
    expect([unnamed.place, unchecked.place]).toEqual([session.place.replace("localhost", "127.0.0.1"), unnamed.place]);
  });

  it.skipIf(skip)("is seen in the server's list of sessions by its name", async () => {
    await using session = await openServerSession(address);
    const rows = await session.run("select application_name::text from pg_stat_activity where pid = pg_backend_pid()");
    expect(rows).toEqual([["osteon"]]);
  });

  it.skipIf(skip)("tells what the role may not read, and a statement that takes too long", async () => {
    await using session = await openServerSession(address);
    const reading = readSite(session, {
      patients: `${threePatients.patients} where patient_id in (select patient_id from research.patients)`,
      expression: "select patient_id, 'A'::text as gene, 1 as value from research.patients",
    });
    await expect(reading).rejects.toThrow(/the patients query: reads what this role may not read \(SQLSTATE 42501/);
    await expect(reading).rejects.toThrow(/the expression query: reads what this role may not read/);
    const endless =
      "select patient_id, 'A'::text as gene, (select sum(n)::float8 from generate_series(1, 1e9) n) as value from research.osteon";
    const slow = readSite(session, { expression: endless }, { statementTimeoutSeconds: 1 });
    await expect(slow).rejects.toMatchObject({
      code: "connectors.query-timeout",
      parameters: { seconds: 1, state: "57014" },
    });
  });

  it.skipIf(skip)("tells of rights that reading does not need", async () => {
    const set = () =>
      Promise.resolve({
        patients: { name: "patients", text: threePatients.patients },
        mutations: { name: "mutations", text: threePatients.mutations },
      });
    const rightsOf = async (of: ServerAddress) => {
      await using session = await openDatabase(of, "");
      return (await checkDatabase(session, set, { isEmbedded: false })).excessRights;
    };
    expect(await rightsOf(address)).toEqual([]);
    expect(await rightsOf(server.address)).toEqual(["is a superuser"]);
    await using owner = await openServerSession(server.address);
    await owner.run("grant insert on research.patients to reader");
    await owner.run("grant pg_read_server_files to reader");
    expect(await rightsOf(address)).toEqual([
      "may use files or programs of the server, or write all data",
      "may change 1 tables or views",
    ]);
  });

  it.skipIf(skip)("leaves no password in the server's log", () => {
    // As the server was told to log every statement and every connection.
    const log = readFileSync(join(server.directory, "log"), "utf8");
    expect(log).toContain("connection authorized: user=reader");
    const told = log.split("\n").filter((line) => line.includes("KANARIENVOGEL") && !line.includes("create role"));
    expect(told).toEqual([]);
  });
});

describe("opening the embedded database", () => {
  it("tells where there is none, and makes none", async () => {
    const directory = mkdtempSync(join(tmpdir(), "osteon-absent-"));
    try {
      await expect(openDatabase(undefined, directory)).rejects.toMatchObject({ code: "connectors.database-absent" });
      await expect(openDatabase(undefined, join(directory, "x"))).rejects.toMatchObject({
        code: "connectors.database-absent",
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
