import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { createIdentity } from "../identity.ts";
import { readIdentity } from "../identity-file.ts";
import { createSigningKey, readSigningKey } from "../signature/signing-key.ts";
import { keyCommand, type KeyCommand } from "./key-command.ts";

const folder = mkdtempSync(join(tmpdir(), "osteon-key-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program of a key-management service, as `node -e` of this text. */
function program(text: string, change: Partial<KeyCommand> = {}) {
  const words = [process.execPath, "-e", text];
  return keyCommand({ words, setting: "encryption.key_command", environment: {}, timeoutSeconds: 30, ...change });
}
const print = (text: string) => `process.stdout.write(${JSON.stringify(text)})`;
const canary = "CANARY-7f3a";

describe("a key command", () => {
  it("gives an identity and a signing key, as their files would", async () => {
    const identity = await createIdentity();
    const text = `# created: now\n${identity.revealSecret()}\n`;
    expect((await readIdentity(program(print(text)))).recipient).toBe(identity.recipient);
    const key = createSigningKey();
    const { publicKey } = await readSigningKey(program(print(key.revealPem())));
    expect(publicKey.keyId).toBe(key.publicKey.keyId);
  });

  it("gets its words as they are, through no shell, and of the environment what it is given", async () => {
    const words = [
      process.execPath,
      "-e",
      "console.log(process.argv[1] + process.env.A + process.env.HOME)",
      "$A;`id`",
    ];
    const told = { words, setting: "x", environment: { A: "b" }, timeoutSeconds: 30 };
    expect(await keyCommand(told).read()).toBe("$A;`id`bundefined\n");
  });

  it.each([
    [`${print(canary)}; process.stderr.write("${canary}"); process.exitCode = 3`, "it ended with exit code 3"],
    [`${print(canary)}; process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9000)`, "it was ended by SIGTERM"],
    [print(` \n`), "it printed nothing on standard output"],
    [`process.stderr.write("${canary}")`, "it printed nothing on standard output"],
    [`setInterval(() => process.stdout.write("${canary}".repeat(999)), 1)`, "it printed more than 65,536 bytes"],
  ])("%s: is refused by how it ended, never with what it printed", async (text, reason) => {
    const error = await program(text)
      .read()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "registry.key-command", parameters: { program: "node", reason } });
    expect(inspect(error, { depth: 9 })).not.toContain("CANARY");
  });

  it("that hangs is ended after its time, with what it started", async () => {
    const mark = join(folder, "still-alive");
    // A shell that waits for a process of its own, which keeps standard output open.
    const words = ["/bin/sh", "-c", `(sleep 3; echo x > '${mark}') & wait`];
    const hanging = keyCommand({ words, setting: "x", environment: { PATH: "/bin:/usr/bin" }, timeoutSeconds: 1 });
    await expect(hanging.read()).rejects.toThrow(/sh, which x names, gave no key: it did not end within 1 s/);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(existsSync(mark)).toBe(false);
  });

  it("is ended by the signal, with the signal's reason", async () => {
    const stopping = new AbortController();
    const reading = program("setInterval(() => {}, 1000)", { signal: stopping.signal }).read();
    stopping.abort();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  it("that is not there, or may not be run, is named", async () => {
    const plain = join(folder, "plain.sh");
    writeFileSync(plain, "#!/bin/sh\necho\n");
    chmodSync(plain, 0o600);
    await expect(program("", { words: ["no-such-kms"] }).read()).rejects.toThrow(
      /no-such-kms.*cannot be run \(ENOENT\)/,
    );
    await expect(program("", { words: [plain] }).read()).rejects.toThrow(/plain\.sh.*cannot be run \(EACCES\)/);
  });

  it("that prints something else is refused without repeating it", async () => {
    for (const read of [readIdentity, readSigningKey]) {
      const error = await read(program(print(canary))).catch((thrown: unknown) => thrown);
      expect((error as Error).message).toContain("What node printed");
      expect(inspect(error, { depth: 9 })).not.toContain(canary);
    }
  });
});
