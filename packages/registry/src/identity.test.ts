import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createIdentity, parseIdentity } from "./identity.ts";
import { createIdentityFile, readIdentity, recipientOf, resolveIdentity, writeIdentity } from "./identity-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-identity-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("an identity", () => {
  it("is new each time and gives the same public key whichever way it is read", async () => {
    const one = await createIdentity();
    const other = await createIdentity();
    expect(one.recipient).toMatch(/^age1[0-9a-z]{58}$/);
    expect(other.recipient).not.toBe(one.recipient);
    expect(await recipientOf(one)).toBe(one.recipient);
    expect(await recipientOf(one.revealSecret())).toBe(one.recipient);
  });

  it("can be post-quantum", async () => {
    const identity = await createIdentity("hybrid");
    expect(identity.recipient).toMatch(/^age1pq1/);
    expect(await recipientOf(identity.revealSecret())).toBe(identity.recipient);
  });

  it("never shows its secret by accident", async () => {
    const identity = await createIdentity();
    const shown = [
      String(identity),
      JSON.stringify({ identity }),
      inspect({ identity }, { depth: 5, showHidden: true }),
    ];
    for (const text of shown) expect(text).not.toContain(identity.revealSecret());
  });

  it("agrees with a key pair that age-keygen 1.1.1 printed", async () => {
    // Made for this test with `age-keygen`; opens nothing else.
    const secret = "AGE-SECRET-KEY-1QUDZ4TRGW7Y2KAJ7CMTYQRDJ3KCP04S5GTPHPENRPD9658F45WMSZ64FV4";
    expect(await recipientOf(secret)).toBe("age1xxt4pewgc47e90v2d8ytklq8dhpt24nkyyrcw8y56nxxt7y3deysfs66k9");
  });
});

describe("an identity file", () => {
  it("reads back and belongs to its owner alone", async () => {
    const path = join(folder, "sub", "key.txt");
    const identity = await createIdentityFile(path);
    expect((await readIdentity(path)).revealSecret()).toBe(identity.revealSecret());
    expect(await recipientOf(path)).toBe(identity.recipient);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).toMatch(/^# created: \S+\n# public key: age1\w+\nAGE-SECRET-KEY-1\w+\n$/);
  });

  it("is never overwritten", async () => {
    const path = join(folder, "key.txt");
    const first = await createIdentityFile(path);
    await expect(writeIdentity(path, await createIdentity())).rejects.toMatchObject({ code: "registry.key-exists" });
    expect((await readIdentity(path)).recipient).toBe(first.recipient);
  });

  it("may come from Windows, with a byte-order mark", async () => {
    const identity = await createIdentity();
    const path = join(folder, "key.txt");
    await writeFile(path, `\uFEFF# note\r\n\r\n${identity.revealSecret()}\r\n`, { mode: 0o600 });
    expect((await readIdentity(path)).recipient).toBe(identity.recipient);
  });

  it.skipIf(process.platform === "win32").each([0o644, 0o640, 0o620, 0o602, 0o700])(
    "is refused, with the remedy, where its mode is %i",
    async (mode) => {
      const path = join(folder, "key.txt");
      await createIdentityFile(path);
      await chmod(path, mode);
      await expect(readIdentity(path)).rejects.toMatchObject({ code: "registry.key-permissions" });
      await expect(readIdentity(path)).rejects.toThrow(`run \`chmod 600 ${path}\``);
      for (const narrow of [0o600, 0o400]) {
        await chmod(path, narrow);
        expect((await readIdentity(path)).recipient).toMatch(/^age1/);
      }
    },
  );

  it("names the path and the system's reason when it cannot be read", async () => {
    const path = join(folder, "none.txt");
    await expect(resolveIdentity(path)).rejects.toMatchObject({
      code: "registry.unreadable",
      parameters: { file: path, reason: "ENOENT" },
    });
    await expect(readIdentity(folder)).rejects.toMatchObject({ parameters: { file: folder, reason: "EISDIR" } });
  });
});

describe("what is no key", () => {
  it("is refused with its reason", async () => {
    const { recipient } = await createIdentity();
    const secret = (await createIdentity()).revealSecret();
    const reasons: [string, RegExp][] = [
      ["", /empty/],
      ["# only a comment\n", /empty/],
      [recipient, /does not begin with AGE-SECRET-KEY-1/],
      [`${secret}\n${secret}`, /2 lines/],
      [secret.slice(0, -1), /mistyped or cut short/],
      [secret.replace(/.$/, (last) => (last === "Q" ? "P" : "Q")), /mistyped or cut short/],
    ];
    for (const [text, reason] of reasons) await expect(parseIdentity(text, "key.txt")).rejects.toThrow(reason);
  });

  it("is never repeated in a message", async () => {
    const secret = (await createIdentity()).revealSecret();
    const mistakes = [secret.slice(0, -3), secret.toLowerCase(), `"${secret}"`, "hunter2-passphrase"];
    for (const mistake of mistakes) {
      const error = await resolveIdentity(mistake).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "registry.identity" });
      expect(inspect(error, { depth: 5 })).not.toContain(mistake);
    }
  });
});
