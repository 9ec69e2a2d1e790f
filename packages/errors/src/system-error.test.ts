import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { osteonError } from "./osteon-error.ts";
import { translateSystemError } from "./system-error.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "osteon-errors-"));
  writeFileSync(join(folder, "file"), "");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const failing = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("translateSystemError", () => {
  it.each([
    ["system.missing", () => readFile(join(folder, "absent")), "absent"],
    ["system.not-a-directory", () => writeFile(join(folder, "file", "x"), ""), "file"],
    ["system.not-a-directory", () => mkdir(join(folder, "file")), "file"],
    ["system.is-a-directory", () => writeFile(folder, ""), "osteon-errors-"],
    ["system.path", () => readFile(join(folder, "n".repeat(300))), "nnn"],
  ])("makes %s of what the file system says, with the path", async (code, attempt, named) => {
    const translated = translateSystemError(await failing(attempt()));
    expect(translated).toMatchObject({ code });
    expect(translated?.message).toContain(named);
    expect(translated?.message).not.toMatch(/\{\w+\}/);
  });

  it("names the port that is taken, as unavailable", async () => {
    const first = createServer();
    await new Promise<void>((resolve) => void first.listen(0, "127.0.0.1", resolve));
    const { port } = first.address() as AddressInfo;
    const error = await new Promise((resolve) => void createServer().once("error", resolve).listen(port, "127.0.0.1"));
    first.close();
    const translated = translateSystemError(error);
    expect(translated?.message).toMatch(`Port ${port} of 127.0.0.1 is in use`);
    expect(translated?.definition.category).toBe("unavailable");
  });

  it.each([
    ["ENOSPC", "write", "system.no-space"],
    ["EACCES", "open", "system.permission"],
    ["EROFS", "mkdir", "system.permission"],
    ["EACCES", "listen", "system.port-not-permitted"],
    ["EADDRNOTAVAIL", "listen", "system.address"],
    ["EMFILE", "open", "system.exhausted"],
    ["EIO", "read", "system.failed"],
  ])("knows %s at %s", (code, syscall, expected) => {
    expect(translateSystemError(Object.assign(new Error("x"), { code, syscall }))?.code).toBe(expected);
  });

  it("leaves alone what is none of the system's", () => {
    const coded = Object.assign(new TypeError("x"), { code: "ERR_INVALID_ARG_TYPE", syscall: "open" });
    for (const error of [coded, new Error("ENOENT"), osteonError("service.internal", {}), "ENOENT", null]) {
      expect(translateSystemError(error)).toBeNull();
    }
  });
});
