import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { commandFolder } from "./support/command-folder.ts";
import { failureOf, programInProcess } from "./support/in-process.ts";
import { runOsteon } from "./support/osteon-process.ts";

const { at, osteon } = commandFolder();

describe("osteon", () => {
  it("says what it is, and what every command is for", async () => {
    const [version, help] = await Promise.all([osteon("--version"), osteon("--help")]);
    expect(version).toMatchObject({ code: 0, stdout: "0.1.0\n", stderr: "" });
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("not for clinical decisions");
    expect(help.stdout).toMatch(/130 +interrupted/);
    const texts = [help.stdout, ...helpOfCommands()];
    expect(texts.length).toBeGreaterThan(8);
    expect(help.stdout).not.toContain("\nCommands:");
    for (const text of texts) {
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
      expect(text).not.toMatch(/undefined|\[object/);
    }
  });

  it("refuses what it does not know, and says where help is", async () => {
    const [none, unknown, option] = await Promise.all([osteon(), osteon("runn"), osteon("run", "--confg", "x")]);
    for (const { code, stdout } of [none, unknown, option]) expect([code, stdout]).toEqual([2, ""]);
    expect(none.stderr).toContain("From patients to a model:");
    expect(unknown.stderr).toMatch(/unknown command 'runn'[^]*Did you mean one of run, runs[^]*--help/);
    expect(option.stderr).toMatch(/unknown option '--confg'[^]*--config[^]*--help/);
  });

  it("serves without V8's flags where this Node does not know them", () => {
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const other = at("other");
    cpSync(join(root, "bin"), join(other, "bin"), { recursive: true });
    for (const name of ["apps", "packages", "node_modules"]) symlinkSync(join(root, name), join(other, name));
    writeFileSync(join(other, "bin", "serving-flags.js"), 'export const servingFlags = ["--no-such-flag=8"];');
    cpSync(join(root, "package.json"), join(other, "package.json"));
    const { status, stderr } = spawnSync(process.execPath, [join(other, "bin", "osteon.js"), "serve", "--help"]);
    expect([status, stderr.toString()]).toEqual([0, ""]);
  });

  it("ends quietly when nobody reads on", () => {
    const launcher = fileURLToPath(new URL("../../bin/osteon.js", import.meta.url));
    const { status, stdout, stderr } = spawnSync("sh", [
      "-c",
      `"${process.execPath}" "${launcher}" --help | head -n 1`,
    ]);
    expect({ status, stdout: stdout.toString(), stderr: stderr.toString() }).toEqual({
      status: 0,
      stdout: "Usage: osteon [options] [command]\n",
      stderr: "",
    });
  });

  it("says of an internal fault where it was, and not what was in its message", async () => {
    const broken = at("broken.mjs");
    writeFileSync(
      broken,
      `const stringify = JSON.stringify;
       JSON.stringify = (value, ...rest) => {
         if (Array.isArray(value?.models)) throw new TypeError("KNRVGL-0001 aged 12.5");
         return stringify(value, ...rest);
       };`,
    );
    const ending = await runOsteon(["runs", "--json", "--ledger", "absent"], {
      cwd: at("."),
      environment: { NODE_OPTIONS: `--import=${broken}` },
    });
    expect(ending).toMatchObject({ code: 1, stdout: "" });
    expect(ending.stderr).toMatch(/internal fault \(TypeError\)\. Please report[\s\S]*at .*commands\/runs\.ts:\d+/);
    expect(ending.stderr).not.toContain("KNRVGL");
  });
});

describe("osteon init", () => {
  it("writes a configuration that can be used, once", async () => {
    const first = await osteon("init", "written.yaml");
    expect(first).toMatchObject({ code: 0, stdout: "" });
    expect(first.stderr).toContain("osteon run --config written.yaml");
    writeFileSync(at("written.yaml"), "# mine\n");
    const second = await osteon("init", "written.yaml");
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/written\.yaml exists already\. .*nothing is overwritten.*\[configuration\.exists\]/);
    expect(readFileSync(at("written.yaml"), "utf8")).toBe("# mine\n");
  });
});

describe("osteon run", () => {
  it("ends with 2 for a bad configuration, list of patients or step, before anything is made", async () => {
    const bad = at("bad.yaml", "training:\n  fold: 3\n  seed: x\n");
    const empty = at("empty.txt", "\uFEFF# nobody\r\n\r\n");
    at("ids.txt", "NOBODY-1\r\nNOBODY-2\r\n");
    const cases: [string[], RegExp][] = [
      [
        ["--config", bad],
        /bad\.yaml has 2 faults[^]*training\.fold \(line 2, column 3\): no such key; did you mean folds\?/,
      ],
      [["--config", at("absent.yaml")], /absent\.yaml cannot be read \(ENOENT\)/],
      [["--patients", empty], /--patients takes a file with one patient id a line; this one holds none/],
      [["--patients", at("absent.txt")], /absent\.txt, given by --patients, cannot be read \(ENOENT\)/],
      [["--steps", "load,trian"], /--steps takes all, or some of load, deidentify/],
      [["--steps", ""], /--steps takes all, or some of load, deidentify/],
    ];
    for (const [words, message] of cases) {
      const failure = await failureOf(["run", "--run", at("none"), ...words]);
      expect([words, failure.code]).toEqual([words, 2]);
      expect(failure.message).toMatch(message);
    }
    expect(existsSync(at("none"))).toBe(false);

    const [config, unknown] = await Promise.all([
      osteon("run", "--config", "bad.yaml", "--run", "none"),
      osteon("run", "--config", "small.yaml", "--run", "unknown", "--patients", "ids.txt"),
    ]);
    for (const { code, stdout } of [config, unknown]) expect([code, stdout]).toEqual([2, ""]);
    expect(config.stderr).toMatch(/^osteon: The configuration bad\.yaml has 2 faults[^]*\[configuration\.invalid\]\n$/);
    expect(unknown.stderr).toContain("2 of the patients asked for are not in the cohort");
    expect(unknown.stderr).not.toContain("NOBODY");
  });
});

function helpOfCommands(): string[] {
  type Command = ReturnType<typeof programInProcess>;
  const withThoseBelow = (command: Command): Command[] => [command, ...below(command)];
  const below = (command: Command): Command[] => command.commands.flatMap((own) => withThoseBelow(own as Command));
  return below(programInProcess()).map((command) => {
    let text = "";
    command.configureOutput({ writeOut: (part) => void (text += part), getOutHelpWidth: () => 80 }).outputHelp();
    return text;
  });
}
