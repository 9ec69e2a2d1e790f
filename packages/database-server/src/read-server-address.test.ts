import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OsteonError } from "@osteon/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readServerAddress, readServerUrl } from "./read-server-address.ts";

const secret = "KANARIEN-password@:/?#";
const url = `postgresql://reader:${encodeURIComponent(secret)}@db.hospital.example:6432/research`;
const parts = { DB_HOST: "db.hospital.example", DB_NAME: "research", DB_USER: "reader" };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-address-"));
  writeFileSync(join(folder, "password"), `${secret}\n`);
  writeFileSync(join(folder, "url"), `${url}\r\n`);
  writeFileSync(join(folder, "two-lines"), `${secret}\n${secret}\n`);
  writeFileSync(join(folder, "ca.pem"), "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (environment: Record<string, string>, trustedNetwork = false) =>
  readServerAddress(environment, { trustedNetwork });
const failureOf = async (environment: Record<string, string>): Promise<OsteonError> => {
  const failure: unknown = await read(environment).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OsteonError);
  const { message, parameters, cause, stack } = failure as OsteonError;
  expect(JSON.stringify({ message, parameters, cause, stack })).not.toContain("KANARIEN");
  return failure as OsteonError;
};

describe("the address of a database", () => {
  it("is none without DATABASE_URL and DB_HOST", async () => {
    expect(await read({ DB_NAME: "research", DB_PASSWORD: secret, DATABASE_URL: "", DB_HOST: "" })).toBeUndefined();
  });

  it("is the same from a URL, from parts and from files", async () => {
    const expected = {
      host: "db.hospital.example",
      port: 6432,
      database: "research",
      user: "reader",
      password: secret,
      tls: "verify-full",
      rootCertificate: undefined,
    };
    expect(await read({ DATABASE_URL: url })).toEqual(expected);
    expect(await read({ DATABASE_URL_FILE: join(folder, "url") })).toEqual(expected);
    expect(await read({ ...parts, DB_PORT: "6432", DB_PASSWORD: secret })).toEqual(expected);
    expect(await read({ ...parts, DB_PORT: "6432", DB_PASSWORD_FILE: join(folder, "password") })).toEqual(expected);
    const withoutPassword = url.replace(/:[^:@]*@/, "@");
    expect(await read({ DATABASE_URL: withoutPassword, DB_PASSWORD_FILE: join(folder, "password") })).toEqual(expected);
  });

  it("has PostgreSQL's port, and no password unless one is given", async () => {
    expect(await read(parts)).toMatchObject({ port: 5432, password: undefined });
    expect(await read({ DATABASE_URL: "postgres://reader@[::1]/research" })).toMatchObject({ host: "::1", port: 5432 });
  });

  it.each<[string, Record<string, string>, boolean, string]>([
    ["checks the certificate and the name by default", parts, false, "verify-full"],
    ["goes without TLS to this computer", { ...parts, DB_HOST: "127.0.0.1" }, false, "disable"],
    ["goes without TLS through a socket", { ...parts, DB_HOST: "/run/postgresql" }, false, "disable"],
    [
      "checks to this computer where asked",
      { ...parts, DB_HOST: "localhost", DB_SSLMODE: "verify-full" },
      false,
      "verify-full",
    ],
    ["takes less where the network is declared trusted", { ...parts, DB_SSLMODE: "disable" }, true, "disable"],
    ["takes libpq's variable", { ...parts, PGSSLMODE: "verify-full" }, false, "verify-full"],
  ])("%s", async (_, environment, trustedNetwork, tls) => {
    expect(await read(environment, trustedNetwork)).toMatchObject({ tls });
  });

  it.each(["verify-ca", "require", "disable"])(
    "refuses sslmode %s to another computer, wherever it stands",
    async (mode) => {
      for (const environment of [
        { ...parts, DB_SSLMODE: mode },
        { ...parts, PGSSLMODE: mode },
        { DATABASE_URL: `${url}?sslmode=${mode}` },
      ]) {
        expect((await failureOf(environment)).code).toBe("connectors.database-weak-tls");
      }
      // A name that begins like this computer's is another's.
      for (const host of ["localhost.example", "127.example", "127.0.0.1.example"]) {
        expect((await failureOf({ ...parts, DB_HOST: host, DB_SSLMODE: mode })).code).toBe(
          "connectors.database-weak-tls",
        );
      }
    },
  );

  it("reads the certificate authority from the first of its variables", async () => {
    const DB_SSL_ROOT_CERT = join(folder, "ca.pem");
    expect((await read({ ...parts, DB_SSL_ROOT_CERT }))?.rootCertificate).toContain("BEGIN CERTIFICATE");
    expect((await read({ ...parts, PGSSLROOTCERT: DB_SSL_ROOT_CERT }))?.rootCertificate).toContain("BEGIN CERTIFICATE");
    expect((await read({ ...parts, PGSSLROOTCERT: "system" }))?.rootCertificate).toBeUndefined();
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ["another scheme", { DATABASE_URL: url.replace("postgresql", "mysql") }, /^DATABASE_URL is not of the form/],
    ["no URL", { DATABASE_URL: secret }, /^DATABASE_URL is not of the form/],
    ["a damaged escape", { DATABASE_URL: "postgresql://a:%KANARIEN@h/d" }, /^DATABASE_URL is not of the form/],
    ["a URL without a database", { DATABASE_URL: "postgresql://reader@h" }, /^DATABASE_URL lacks/],
    [
      "an unknown parameter",
      { DATABASE_URL: `${url}?options=KANARIEN` },
      /takes no parameters but sslmode and sslrootcert/,
    ],
    ["a URL beside parts", { DATABASE_URL: url, DB_NAME: "KANARIEN" }, /^DATABASE_URL is set beside DB_NAME/],
    ["two passwords", { DATABASE_URL: url, DB_PASSWORD: secret }, /^DB_PASSWORD is set, and DATABASE_URL holds/],
    [
      "a variable and its file",
      { ...parts, DB_PASSWORD: secret, DB_PASSWORD_FILE: "x" },
      /^DB_PASSWORD and DB_PASSWORD_FILE/,
    ],
    ["a file that is not there", { ...parts, DB_PASSWORD_FILE: "/nowhere" }, /^DB_PASSWORD_FILE .* \(ENOENT\)/],
    ["parts without a name", { DB_HOST: "h", DB_USER: "KANARIEN" }, /^DB_NAME is not set/],
    ["a port that is none", { ...parts, DB_PORT: "KANARIEN" }, /^DB_PORT has a port/],
    ["an sslmode that is none", { ...parts, DB_SSLMODE: "KANARIEN" }, /^sslmode must be one of verify-full/],
    ["a certificate that is not there", { ...parts, DB_SSL_ROOT_CERT: "/nowhere" }, /^DB_SSL_ROOT_CERT .* \(ENOENT\)/],
  ])("refuses %s, and says nothing of what was given", async (_, environment, message) => {
    const failure = await failureOf(environment);
    expect(failure.code).toBe("connectors.database-settings");
    expect(failure.message).toMatch(message);
  });

  it("refuses a file of several lines, and a certificate that is none", async () => {
    expect((await failureOf({ ...parts, DB_PASSWORD_FILE: join(folder, "two-lines") })).message).toContain("one line");
    expect((await failureOf({ ...parts, DB_SSL_ROOT_CERT: join(folder, "password") })).message).toContain("PEM");
  });
});

describe("the address in one variable", () => {
  const readOne = (environment: Record<string, string>) =>
    readServerUrl(environment, "REGISTRY_DATABASE_URL", { trustedNetwork: false });

  it("is read from it or its file, and takes nothing of the source's variables", async () => {
    const source = { DATABASE_URL: "postgresql://other@elsewhere/x", DB_HOST: "elsewhere", DB_PASSWORD: "x" };
    expect(await readOne(source)).toBeUndefined();
    const expected = { host: "db.hospital.example", password: secret, tls: "verify-full" };
    expect(await readOne({ ...source, DB_SSLMODE: "disable", REGISTRY_DATABASE_URL: url })).toMatchObject(expected);
    expect(await readOne({ REGISTRY_DATABASE_URL_FILE: join(folder, "url") })).toMatchObject(expected);
  });

  it("is refused by its own name, without what it holds", async () => {
    const failure: unknown = await readOne({ REGISTRY_DATABASE_URL: `mysql://${secret}` }).catch((error) => error);
    expect(failure).toMatchObject({ code: "connectors.database-settings" });
    expect((failure as OsteonError).message).toContain("REGISTRY_DATABASE_URL");
    expect((failure as OsteonError).message).not.toContain("KANARIEN");
    const weak = readOne({ REGISTRY_DATABASE_URL: `${url}?sslmode=require` });
    await expect(weak).rejects.toMatchObject({ code: "connectors.database-weak-tls" });
  });
});
