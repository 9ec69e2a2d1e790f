import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";

/** The end of a certificate in PEM form; of a chain, of the one that ends first. Throws where the file holds none. */
export async function readCertificateExpiry(path: string): Promise<Date> {
  const text = await readFile(path, "utf8");
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const ends = blocks.map((block) => new X509Certificate(block).validToDate.getTime());
  if (ends.length === 0) throw new Error("no certificate");
  return new Date(Math.min(...ends));
}
