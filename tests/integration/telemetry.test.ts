import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const probe = fileURLToPath(new URL("support/load-runtime-at-end.mjs", import.meta.url));

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "osteon-telemetry-"));
  mkdirSync(join(home, "tmp"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** What a program leaves behind that loads ONNX Runtime, in an environment that says nothing of telemetry. */
function leftBy(program: readonly string[]): readonly string[] {
  const environment = { PATH: process.env["PATH"]!, HOME: home, TMPDIR: join(home, "tmp") };
  const output = execFileSync(process.execPath, program, { cwd: root, env: environment, encoding: "utf8" });
  expect(output).toContain("runtime loaded");
  return readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => /Microsoft|mat-debug/.test(name));
}

describe("ONNX Runtime", () => {
  it("leaves an identifier of the device where nothing keeps it from that, so the other tests can fail", () => {
    expect(leftBy(["--import", probe, "--eval", "0"])).toContain(
      ".cache/Microsoft/DeveloperTools/.onnxruntime/deviceid",
    );
  });

  it("leaves nothing in a process of the command line, whichever thread loads it", () => {
    expect(leftBy(["--import", probe, join(root, "bin", "osteon.js"), "--version"])).toEqual([]);
  });

  it("leaves nothing where the package is used without the command line", () => {
    const script = join(home, "use.ts");
    const session = join(root, "packages", "network", "src", "session", "open-session.ts");
    writeFileSync(
      script,
      `import { openSession } from ${JSON.stringify(session)};
       await openSession({ bytes: new Uint8Array([8, 8]), inputs: [], outputs: [], parameters: [] } as never).catch(
         () => console.log("runtime loaded"),
       );`,
    );
    expect(leftBy([script])).toEqual([]);
  });
});
