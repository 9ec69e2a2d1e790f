import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { userName } from "./user-name.ts";

const failing = (code: string) => () => {
  throw Object.assign(new Error("A system error occurred: uv_os_get_passwd returned"), { info: { code } });
};

describe("the name of the user", () => {
  it("is the system's", () => {
    expect(userName()).toBe(userInfo().username);
  });

  it.skipIf(process.getuid === undefined)("is a number where the system has no name for it", () => {
    expect(userName(failing("ENOENT"))).toBe(`uid-${process.getuid!()}`);
  });

  it("is not guessed where the system does not answer", () => {
    expect(() => userName(failing("EIO"))).toThrow("uv_os_get_passwd");
  });
});
