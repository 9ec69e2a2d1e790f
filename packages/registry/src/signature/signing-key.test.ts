import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createSigningKeyFile, readSigningKey, readVerificationKey } from "./signing-key.ts";

const folder = mkdtempSync(join(tmpdir(), "osteon-signing-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a signing key file", () => {
  it("is written for its owner only, with the public half beside it, and never over another", async () => {
    const path = join(folder, "signing.pem");
    const key = await createSigningKeyFile(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const message = new Uint8Array([1, 2, 3]);
    const signature = (await readSigningKey(path)).sign(message);
    const published = await readVerificationKey(`${path}.pub`);
    expect(published.verify(message, signature)).toBe(true);
    expect(published.keyId).toBe(key.publicKey.keyId);
    expect(readFileSync(`${path}.pub`, "utf8")).not.toContain("PRIVATE");
    await expect(createSigningKeyFile(path)).rejects.toThrow(/never overwritten/);
  });

  it("is refused by name of what is wrong, never with its content", async () => {
    const place = (name: string, text: string) => {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    await expect(readSigningKey(place("empty", ""))).rejects.toThrow(/not a private key/);
    const canary = place("text", "CANARY-SECRET-4711");
    await expect(readSigningKey(canary)).rejects.not.toThrow(/CANARY/);
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const rsa = place("rsa", privateKey.export({ type: "pkcs8", format: "pem" }) as string);
    await expect(readSigningKey(rsa)).rejects.toThrow(/rsa and not Ed25519/);
    await expect(readSigningKey(join(folder, "absent"))).rejects.toThrow(/ENOENT/);
    const published = place("published", readFileSync(join(folder, "signing.pem.pub"), "utf8"));
    await expect(readSigningKey(published)).rejects.toThrow(/not a private key/);
    chmodSync(rsa, 0o644);
    await expect(readSigningKey(rsa)).rejects.toThrow(/chmod 600/);
  });
});
