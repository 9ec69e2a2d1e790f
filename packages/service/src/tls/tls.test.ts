import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { hasOpenssl, makeCertificate } from "../testing/certificates.ts";
import { startTestService } from "../testing/test-service.ts";
import { readCertificatePair } from "./certificate-pair.ts";
import { followCertificate } from "./follow-certificate.ts";
import { replaceCertificate } from "./replace-certificate.ts";

let folder: string;
const pathsOf = (name: string) => ({
  certificatePath: join(folder, `${name}.crt`),
  keyPath: join(folder, `${name}.key`),
});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-tls-"));
  if (!hasOpenssl) return;
  makeCertificate(folder, "first");
  makeCertificate(folder, "second");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!hasOpenssl)("readCertificatePair", () => {
  const read = (certificate: string, key: string) =>
    readCertificatePair({ certificatePath: pathsOf(certificate).certificatePath, keyPath: pathsOf(key).keyPath });

  it("reads a pair that works, with a key that its group may read", async () => {
    expect((await read("first", "first")).certificate).toContain("BEGIN CERTIFICATE");
    chmodSync(pathsOf("first").keyPath, 0o640);
    expect((await read("first", "first")).key).toContain("PRIVATE KEY");
  });

  it("names what is wrong with another, and repeats nothing of a key", async () => {
    const refusal = async (certificate: string, key: string) => {
      const error: unknown = await read(certificate, key).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: "service.certificate" });
      return String(error);
    };
    writeFileSync(pathsOf("broken").keyPath, "-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----\n");
    chmodSync(pathsOf("broken").keyPath, 0o600);
    writeFileSync(pathsOf("broken").certificatePath, "CANARY");
    expect(await refusal("first", "second")).toMatch(/second\.key .* does not belong to .*first\.crt/);
    expect(await refusal("broken", "first")).toMatch(/broken\.crt .* no certificate/);
    expect(await refusal("first", "broken")).toMatch(/broken\.key .* no private key/);
    expect(await refusal("absent", "first")).toMatch(/absent\.crt .* cannot be read \(ENOENT\)/);
    expect(await refusal("first", "broken")).not.toContain("CANARY");
    const later = readCertificatePair(pathsOf("first"), () => new Date("2100-01-01"));
    await expect(later).rejects.toThrow(/first\.crt .* no longer valid/);
    chmodSync(pathsOf("second").keyPath, 0o644);
    await expect(read("second", "second")).rejects.toMatchObject({ code: "registry.key-permissions" });
    chmodSync(pathsOf("second").keyPath, 0o600);
  });
});

/** A service with TLS, with the pair `first` at paths of its own that a test may replace. */
async function startTls() {
  const paths = pathsOf("current");
  const install = (name: string) => {
    copyFileSync(pathsOf(name).keyPath, paths.keyPath);
    copyFileSync(pathsOf(name).certificatePath, paths.certificatePath);
  };
  install("first");
  const first = await readCertificatePair(paths);
  const { app } = startTestService({ tls: first });
  await app.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => app.close());
  return { app, paths, install, first, port: (app.server.address() as AddressInfo).port };
}

/** One request; the certificate's subject and the answer's headers. */
function ask(port: number, agent: Agent | false) {
  return new Promise<{ subject: string; hsts: unknown; socket: TLSSocket }>((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path: "/health", agent, rejectUnauthorized: false }, (response) => {
      const socket = response.socket as TLSSocket;
      const { CN } = socket.getPeerCertificate().subject;
      response
        .resume()
        .once("end", () =>
          resolve({ subject: String(CN), hsts: response.headers["strict-transport-security"], socket }),
        );
    });
    sent.once("error", reject).end();
  });
}

describe.skipIf(!hasOpenssl)("a service with TLS", () => {
  it("tells browsers to come by HTTPS only, and takes no TLS 1.1", async () => {
    const { port } = await startTls();
    expect(await ask(port, false)).toMatchObject({ subject: "first.test", hsts: expect.stringMatching(/^max-age=/) });
    const failure = await new Promise<unknown>((resolve) => {
      const socket = connect({
        host: "127.0.0.1",
        port,
        rejectUnauthorized: false,
        maxVersion: "TLSv1.1",
        minVersion: "TLSv1",
      });
      socket.once("error", resolve).once("secureConnect", () => resolve("connected"));
    });
    expect(failure).toBeInstanceOf(Error);
  });

  it("takes up a renewed certificate without dropping a connection, and keeps it when the next is broken", async () => {
    const { app, paths, install, first, port } = await startTls();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const before = await ask(port, agent);
    const stop = new AbortController();
    const refused: string[] = [];
    let renewals = 0;
    const following = followCertificate({
      ...paths,
      first,
      signal: stop.signal,
      onRenewed: (pair) => {
        renewals++;
        replaceCertificate(app, pair);
      },
      onRefused: (code) => void refused.push(code),
      pollMs: 10,
    });
    install("second");
    await expect.poll(async () => (await ask(port, false)).subject, { timeout: 10_000 }).toBe("second.test");
    // The connection from before is still there.
    expect((await ask(port, agent)).socket).toBe(before.socket);
    writeFileSync(paths.certificatePath, "broken");
    await expect.poll(() => refused, { timeout: 10_000 }).toContain("service.certificate");
    expect((await ask(port, false)).subject).toBe("second.test");
    install("first");
    await expect.poll(async () => (await ask(port, false)).subject, { timeout: 10_000 }).toBe("first.test");
    expect(renewals).toBe(2);
    stop.abort();
    await following;
    agent.destroy();
  });
});

describe("a service without TLS", () => {
  it("says nothing of HTTPS unless a proxy with TLS is declared", async () => {
    const hstsOf = async (options: Parameters<typeof startTestService>[0]) => {
      const { app } = startTestService(options);
      onTestFinished(() => app.close());
      return (await app.inject("/health")).headers["strict-transport-security"];
    };
    expect(await hstsOf({})).toBeUndefined();
    expect(await hstsOf({ strictTransport: true })).toMatch(/^max-age=31536000/);
  });
});
