import { spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createLogger, stepStarted } from "./index.ts";
import { RotatingFile } from "./rotating-file.ts";

function logFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "osteon-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function open(path: string, options: ConstructorParameters<typeof RotatingFile>[1]): RotatingFile {
  const file = new RotatingFile(path, options);
  onTestFinished(() => file.close());
  return file;
}

const line = (number: number) => `${String(number).padStart(9, "0")}\n`;
const numbersIn = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n").map(Number);

describe("a rotating file", () => {
  it("keeps so many files of so many bytes, the newest lines in the present one", () => {
    const path = join(logFolder(), "osteon.log");
    const file = open(path, { maxBytes: 50, files: 3 });
    for (let number = 1; number <= 23; number++) file.write(line(number));
    expect(readdirSync(join(path, "..")).toSorted()).toEqual(["osteon.log", "osteon.log.1", "osteon.log.2"]);
    expect([numbersIn(path), numbersIn(`${path}.1`), numbersIn(`${path}.2`)]).toEqual([
      [21, 22, 23],
      [16, 17, 18, 19, 20],
      [11, 12, 13, 14, 15],
    ]);
    for (const name of readdirSync(join(path, ".."))) expect(statSync(join(path, "..", name)).mode & 0o777).toBe(0o600);
  });

  it("goes on where the file of an earlier process ends, and writes a line that is larger than a file", () => {
    const path = join(logFolder(), "osteon.log");
    writeFileSync(path, line(1).repeat(4));
    const file = open(path, { maxBytes: 50, files: 2 });
    file.write(line(2));
    file.write(line(3));
    expect(numbersIn(`${path}.1`)).toEqual([1, 1, 1, 1, 2]);
    file.write(`${"9".repeat(100)}\n`);
    file.write(line(4));
    expect(numbersIn(path)).toEqual([4]);
    expect(readFileSync(`${path}.1`, "utf8")).toHaveLength(101);
  });

  it("loses no line and tears none under a load of several processes", async () => {
    const path = join(logFolder(), "osteon.log");
    const module = new URL("rotating-file.ts", import.meta.url).href;
    const script = `
      const { RotatingFile } = await import(${JSON.stringify(module)});
      const file = new RotatingFile(${JSON.stringify(path)}, { maxBytes: 20_000, files: 100 });
      for (let number = 0; number < 3_000; number++) file.write(process.argv[1] + String(number).padStart(8, "0") + "\\n");`;
    const codes = await Promise.all(
      ["1", "2", "3"].map(
        (name) =>
          new Promise((resolve) => {
            spawn(process.execPath, ["--input-type=module", "-e", script, name], { stdio: "inherit" }).once(
              "exit",
              resolve,
            );
          }),
      ),
    );
    expect(codes).toEqual([0, 0, 0]);
    const names = readdirSync(join(path, "..")).filter((name) => !name.endsWith(".rotating"));
    expect(names.length).toBeGreaterThan(2);
    const lines = names.flatMap((name) =>
      readFileSync(join(path, "..", name), "utf8")
        .split("\n")
        .slice(0, -1),
    );
    expect(lines.filter((text) => !/^[123]\d{8}$/.test(text))).toEqual([]);
    expect(new Set(lines).size).toBe(9_000);
    expect(lines).toHaveLength(9_000);
  });

  it("follows a file that somebody moved or removed", () => {
    const path = join(logFolder(), "osteon.log");
    const file = open(path, { maxBytes: 1_000 });
    file.write(line(1));
    renameSync(path, `${path}.away`);
    file.write(line(2));
    expect([numbersIn(`${path}.away`), numbersIn(path)]).toEqual([[1], [2]]);
    rmSync(path);
    file.write(line(3));
    expect(numbersIn(path)).toEqual([3]);
  });

  it("waits for the rotation of another process, but not for one that was killed in its midst", () => {
    const path = join(logFolder(), "osteon.log");
    const file = open(path, { maxBytes: 20, files: 3 });
    writeFileSync(`${path}.rotating`, "");
    for (let number = 1; number <= 3; number++) file.write(line(number));
    expect([numbersIn(path), existsSync(`${path}.1`)]).toEqual([[1, 2, 3], false]);
    utimesSync(`${path}.rotating`, 0, 0);
    file.write(line(4));
    file.write(line(5));
    expect([numbersIn(path), numbersIn(`${path}.1`)]).toEqual([[5], [1, 2, 3, 4]]);
    expect(existsSync(`${path}.rotating`)).toBe(false);
  });

  it.skipIf(process.platform !== "linux")("outlives a full disk", () => {
    const logger = createLogger({ destination: "/dev/full" });
    expect(() => logger.log(stepStarted, { runId: "run-1", step: "load" })).not.toThrow();
    logger.close();
  });

  // A limit on file size fails in the middle of a line, as a disk does that becomes full.
  it.skipIf(process.platform !== "linux")("leaves no part of a line where the disk becomes full", async () => {
    const folder = logFolder();
    const path = join(folder, "osteon.log");
    const module = new URL("rotating-file.ts", import.meta.url).href;
    const script = `
      const { RotatingFile } = await import(${JSON.stringify(module)});
      const file = new RotatingFile(${JSON.stringify(path)}, { maxBytes: 1_000_000 });
      for (let number = 0; number < 200; number++) file.write(String(number).padStart(99, "0") + "\\n");
      console.log("alive");`;
    const child = spawn("sh", ["-c", 'ulimit -f 8; exec "$0" --input-type=module -e "$1"', process.execPath, script]);
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
    expect(output).toBe("alive\n");
    const text = readFileSync(path, "utf8");
    expect(text.length % 100).toBe(0);
    expect(text.length).toBeGreaterThan(1_000);
    expect(text.length).toBeLessThan(20_000);
  });
});
