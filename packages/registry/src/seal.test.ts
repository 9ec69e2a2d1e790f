import { execFileSync, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createIdentity, type Identity } from "./identity.ts";
import { writeIdentity } from "./identity-file.ts";
import { openSealed, sealBytes } from "./seal.ts";
import { blockBytes, decodeSealedHeader, encodeSealedHeader } from "./sealed-header.ts";

const content = new Uint8Array(150_000).map((_, index) => (index * 31 + (index >> 8)) & 0xff);
let identity: Identity;
let stranger: Identity;
let sealed: Uint8Array;
beforeAll(async () => {
  identity = await createIdentity();
  stranger = await createIdentity();
  sealed = await sealBytes(content, [identity.recipient]);
});

const codeOfOpening = async (bytes: Uint8Array, key: Identity = identity): Promise<unknown> =>
  openSealed(bytes, [key], "test.sealed").then(
    () => "opened",
    (error: unknown) => (error as { code?: unknown }).code,
  );
const flipped = (bytes: Uint8Array, position: number): Uint8Array => {
  const copy = bytes.slice();
  copy[position]! ^= 0x01;
  return copy;
};

describe("sealing", () => {
  it("gives back the same bytes, whatever their number", async () => {
    // One and two chunks of age, and their borders.
    for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072]) {
      const bytes = new Uint8Array(randomBytes(size));
      const opened = await openSealed(await sealBytes(bytes, [identity.recipient]), [identity]);
      expect(Buffer.compare(opened, bytes)).toBe(0);
    }
  });

  it("opens for each of several keys, given as text too, and tries all that are given", async () => {
    const both = await sealBytes(content, [identity.recipient, stranger.recipient]);
    for (const key of [identity, stranger, identity.revealSecret()]) {
      expect(await openSealed(both, [key])).toEqual(content);
    }
    expect(await openSealed(sealed, [stranger, identity])).toEqual(content);
  });

  it("works with post-quantum keys and refuses to weaken them", async () => {
    const hybrid = await createIdentity("hybrid");
    expect(await openSealed(await sealBytes(content, [hybrid.recipient]), [hybrid])).toEqual(content);
    await expect(sealBytes(content, [hybrid.recipient, identity.recipient])).rejects.toThrow(/mixes/);
  });

  it("hides the content and differs each time", async () => {
    const text = new TextEncoder().encode("CANARY-OF-A-PATIENT ".repeat(50));
    const one = Buffer.from(await sealBytes(text, [identity.recipient]));
    const other = Buffer.from(await sealBytes(text, [identity.recipient]));
    expect(one.includes("CANARY")).toBe(false);
    expect(one.equals(other)).toBe(false);
  });

  it("refuses recipients that are none, without repeating a secret one", async () => {
    await expect(sealBytes(content, [])).rejects.toMatchObject({ code: "registry.recipient" });
    await expect(sealBytes(content, [identity.recipient, "age1abc"])).rejects.toThrow(/entry 2 is not a public key/);
    const error = await sealBytes(content, [identity.revealSecret()]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "registry.recipient" });
    expect(String(error)).not.toContain(identity.revealSecret());
  });
});

describe("opening", () => {
  it("refuses a wrong key by name and shows the public key tried", async () => {
    await expect(openSealed(sealed, [stranger], "test.sealed")).rejects.toMatchObject({
      code: "registry.wrong-key",
      parameters: { file: "test.sealed", recipients: stranger.recipient },
    });
    expect(await codeOfOpening(sealed, stranger)).toBe("registry.wrong-key");
    await expect(openSealed(sealed, [])).rejects.toThrow(/none was given/);
  });

  it("calls a changed byte altered in every region of the file", async () => {
    const ageHeader = blockBytes + 5;
    const ageStanza = blockBytes + 80;
    const named = (region: string): RegExp => {
      if (region === "magic") return /in its first 8 bytes/;
      return ["age", "payload", "end"].includes(region) ? /in its encrypted content/ : /in its header/;
    };
    const regions = {
      magic: [0, 3, 7],
      version: [8],
      lengths: [12, 15, 16, 23],
      payloadDigest: [24, 55],
      description: [56, 60],
      padding: [200, 4063],
      blockDigest: [4064, 4095],
      age: [blockBytes, ageHeader, ageStanza, blockBytes + 190],
      payload: [blockBytes + 400, blockBytes + 70_000, sealed.length - 20],
      end: [sealed.length - 1],
    };
    for (const [region, positions] of Object.entries(regions)) {
      for (const position of positions) {
        expect([region, position, await codeOfOpening(flipped(sealed, position))]).toEqual([
          region,
          position,
          "registry.altered",
        ]);
        await expect(openSealed(flipped(sealed, position), [identity], "f"), region).rejects.toThrow(named(region));
      }
    }
  });

  it("calls any changed bit altered", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (position, mask) => {
        const copy = sealed.slice();
        copy[position]! ^= mask;
        expect(await codeOfOpening(copy)).toBe("registry.altered");
      }),
      { numRuns: 60 },
    );
  });

  it("calls a cut file truncated wherever it is cut, and says how much is missing", async () => {
    const cuts = [0, 1, 7, 8, 30, 4095, 4096, 4097, 4200, 4400, 70_000, sealed.length - 16, sealed.length - 1];
    for (const length of cuts) {
      expect([length, await codeOfOpening(sealed.slice(0, length))]).toEqual([length, "registry.truncated"]);
    }
    await expect(openSealed(sealed.slice(0, 5000), [identity])).rejects.toThrow(`5000 of ${sealed.length} bytes`);
  });

  it("calls added bytes altered", async () => {
    expect(await codeOfOpening(Buffer.concat([sealed, Uint8Array.of(0)]))).toBe("registry.altered");
  });

  it("is not fooled by digests that were computed anew", async () => {
    // An intruder can mend the outer digests but not age's authentication.
    for (const position of [blockBytes + 30, blockBytes + 150, blockBytes + 300, sealed.length - 1]) {
      const payload = flipped(sealed, position).subarray(blockBytes);
      const mended = Buffer.concat([encodeSealedHeader(payload, { kind: "intermediate" }), payload]);
      expect(["registry.altered", "registry.wrong-key"]).toContain(await codeOfOpening(mended));
    }
    const cut = sealed.subarray(blockBytes, sealed.length - 100);
    expect(await codeOfOpening(Buffer.concat([encodeSealedHeader(cut, { kind: "intermediate" }), cut]))).toBe(
      "registry.altered",
    );
  });

  it("calls other files not sealed", async () => {
    const others = ["age-encryption.org/v1\n-> X25519 …", "patient_id,survival_days\n", "x".repeat(10_000)];
    for (const text of others) {
      expect(await codeOfOpening(new TextEncoder().encode(text))).toBe("registry.not-sealed");
    }
  });

  it("names a newer format and another kind as such", async () => {
    const newer = sealed.slice();
    new DataView(newer.buffer).setUint32(8, 2, true);
    newer.set(createHash("sha256").update(newer.subarray(8, 4064)).digest(), 4064);
    await expect(openSealed(newer, [identity])).rejects.toThrow(/format version 2 .* reads version 1/);
    const payload = sealed.subarray(blockBytes);
    const other = Buffer.concat([encodeSealedHeader(payload, { kind: "model-package" }), payload]);
    expect(await codeOfOpening(other)).toBe("registry.wrong-kind");
  });

  it("reads the clear block as it was written", () => {
    const header = encodeSealedHeader(new Uint8Array(10), { kind: "test", count: 3, whole: true });
    expect(decodeSealedHeader(header, blockBytes + 10, "f")).toMatchObject({
      formatVersion: 1,
      totalBytes: blockBytes + 10,
      description: { kind: "test", count: 3, whole: true },
    });
    expect(() => encodeSealedHeader(new Uint8Array(1), { kind: "x".repeat(5000) })).toThrow(RangeError);
  });
});

const ageProgram = "age";
const hasAgeProgram = spawnSync(ageProgram, ["--version"]).status === 0;
if (!hasAgeProgram) {
  console.warn("SKIPPED: the age program is not installed, so no independent reader opened a sealed file");
}
describe.skipIf(!hasAgeProgram)("the age program, an independent reader", () => {
  it("opens what was sealed, with the identity file that was written, and Osteon opens what it sealed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "osteon-age-"));
    try {
      const key = join(folder, "key.txt");
      await writeIdentity(key, identity);
      // What `tail -c +4097` leaves.
      const tail = sealed.subarray(blockBytes);
      expect(blockBytes).toBe(4096);
      expect(Buffer.compare(execFileSync(ageProgram, ["-d", "-i", key], { input: tail }), content)).toBe(0);

      const foreign = execFileSync(ageProgram, ["-r", identity.recipient], { input: content });
      const wrapped = Buffer.concat([encodeSealedHeader(foreign, { kind: "intermediate" }), foreign]);
      expect(Buffer.compare(await openSealed(wrapped, [key]), content)).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
