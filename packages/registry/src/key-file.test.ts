import { describe, expect, it } from "vitest";
import { isOpenToOthers } from "./key-file.ts";

const root = 0;
const service = 65532;

describe("who may read a key file", () => {
  it.each([0o600, 0o400])("is its owner alone, mode %o", (mode) => {
    expect(isOpenToOthers({ uid: service, mode: 0o100_000 | mode }, service)).toBe(false);
    expect(isOpenToOthers({ uid: service, mode: 0o100_000 | mode | 0o040 }, service)).toBe(true);
    expect(isOpenToOthers({ uid: root, mode: 0o100_000 | mode | 0o040 }, root)).toBe(true);
  });

  it("is a group too where the file is root's and the reader is not, as with a container's secrets", () => {
    expect(isOpenToOthers({ uid: root, mode: 0o100_440 }, service)).toBe(false);
    expect(isOpenToOthers({ uid: root, mode: 0o100_640 }, service)).toBe(false);
    expect(isOpenToOthers({ uid: 1000, mode: 0o100_440 }, service)).toBe(true);
  });

  it.each([0o444, 0o404, 0o620, 0o602, 0o700, 0o460])("is nobody else, mode %o", (mode) => {
    expect(isOpenToOthers({ uid: root, mode: 0o100_000 | mode }, service)).toBe(true);
  });
});
