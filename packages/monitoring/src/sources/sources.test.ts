import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeCertificate } from "../testing/make-certificate.ts";
import { readCertificateExpiry } from "./certificate-expiry.ts";
import { readDiskSpace } from "./disk-space.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "osteon-sources-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("reads when the first certificate of a chain ends, as openssl says it", async () => {
  const short = makeCertificate(folder, "short", 2);
  const long = makeCertificate(folder, "long", 40);
  const chain = join(folder, "chain.pem");
  writeFileSync(chain, `${readFileSync(long.certificatePath, "utf8")}\n${readFileSync(short.certificatePath, "utf8")}`);
  const said = execFileSync("openssl", ["x509", "-enddate", "-noout", "-in", short.certificatePath], {
    encoding: "utf8",
  });
  expect(await readCertificateExpiry(chain)).toEqual(new Date(said.trim().replace("notAfter=", "")));
});

it("fails on a file without a certificate", async () => {
  const { keyPath } = makeCertificate(folder, "key-alone", 2);
  await expect(readCertificateExpiry(keyPath)).rejects.toThrow("no certificate");
});

it("reads the room on a disk", async () => {
  const { freeBytes, sizeBytes } = await readDiskSpace(folder);
  expect(freeBytes).toBeGreaterThan(0);
  expect(sizeBytes).toBeGreaterThanOrEqual(freeBytes);
});
