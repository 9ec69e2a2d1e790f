import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { trailFolder } from "../testing/trail-folder.ts";
import { obtainProfileKey } from "./profile-key.ts";

describe("the key of profile digests", () => {
  it("is made once, for its owner alone, also by several at a time", async () => {
    const path = join(trailFolder().directory, "keys", "profile.key");
    await expect(obtainProfileKey(path, false)).rejects.toMatchObject({ code: "audit.profile-key" });
    const keys = await Promise.all(Array.from({ length: 8 }, () => obtainProfileKey(path, true)));
    expect(new Set(keys.map((key) => key.digestProfile({ age: 15 }))).size).toBe(1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("gives equal profiles equal digests, other profiles and other keys others", async () => {
    const { directory } = trailFolder();
    const [key, other] = [
      await obtainProfileKey(join(directory, "a"), true),
      await obtainProfileKey(join(directory, "b"), true),
    ];
    const digest = key.digestProfile({ age: 15, survival_time: 800 });
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(key.digestProfile({ survival_time: 800, age: 15 })).toBe(digest);
    // A request's other fields are none of the profile's.
    expect(key.digestProfile({ survival_time: 800, age: 15, seed: 7 } as object)).toBe(digest);
    const others = [
      key.digestProfile({ survival_time: 800 }),
      key.digestProfile({ survival_time: 800, age: 15.01 }),
      key.digestProfile({}),
      other.digestProfile({ survival_time: 800, age: 15 }),
      key.digestSeed(15),
    ];
    expect(new Set([digest, ...others]).size).toBe(6);
  });

  it("prints nowhere", async () => {
    const path = join(trailFolder().directory, "key");
    const key = await obtainProfileKey(path, true);
    const secret = readFileSync(path, "utf8").trim();
    expect([inspect(key), String(key), JSON.stringify({ key })].join()).not.toContain(secret);
  });

  it("is refused where it is no key, or others can read it, without a word of it", async () => {
    const path = join(trailFolder().directory, "key");
    writeFileSync(path, "CANARY", { mode: 0o600 });
    const failure = await obtainProfileKey(path, true).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: "audit.profile-key" });
    expect((failure as Error).message).not.toContain("CANARY");
    chmodSync(path, 0o644);
    await expect(obtainProfileKey(path, true)).rejects.toMatchObject({ code: "registry.key-permissions" });
  });
});
