import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";

/** Whether certificates can be made here; tests that need one are skipped where not. */
export const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

/** Makes a self-signed certificate for 127.0.0.1, `NAME.crt` and `NAME.key`, with NAME.test as its subject. */
export function makeCertificate(folder: string, name: string): void {
  const key = join(folder, `${name}.key`);
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"];
  const subject = ["-subj", `/CN=${name}.test`, "-addext", "subjectAltName=IP:127.0.0.1"];
  const words = ["req", "-x509", ...curve, "-keyout", key, "-out", join(folder, `${name}.crt`), ...subject];
  const made = spawnSync("openssl", words, { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`openssl failed: ${made.stderr}`);
  chmodSync(key, 0o600);
}
