import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** A self-signed certificate for localhost and its key, in files of a folder. */
export function makeCertificate(folder: string, name: string, days: number) {
  const keyPath = join(folder, `${name}.key`);
  const certificatePath = join(folder, `${name}.crt`);
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", String(days)];
  execFileSync("openssl", ["req", "-x509", ...kind, "-keyout", keyPath, "-out", certificatePath, ...names], {
    stdio: "pipe",
  });
  return { keyPath, certificatePath };
}
