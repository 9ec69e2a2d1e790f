import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programInProcess } from "../integration/support/in-process.ts";
import { configurationWith } from "../../apps/cli/src/configuration/read-configuration.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(project, "deploy/systemd");
const units = readdirSync(folder).filter((name) => /\.(?:service|timer)$/.test(name));
const services = units.filter((name) => name.endsWith(".service"));
const systemUnits = "/usr/lib/systemd/system";
const hasSystemd =
  spawnSync("systemd-analyze", ["--version"]).status === 0 && existsSync(join(systemUnits, "sysinit.target"));
if (!hasSystemd) console.warn("systemd is not installed: its units are not verified (tools/install-test-programs.sh)");

/** Of 10; systemd calls what is below 2 "OK", and nothing that serves a network gets below 1. */
const mostExposure = 1.5;

let root: string;
const analyze = (...words: string[]) =>
  spawnSync("systemd-analyze", [`--root=${root}`, ...words], { encoding: "utf8" });

/** A system of its own, with the units installed as docs/deployment.md says. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "osteon-units-"));
  const place = (path: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  if (hasSystemd) cpSync(systemUnits, place(systemUnits), { recursive: true, verbatimSymlinks: true });
  cpSync(folder, place("/etc/systemd/system"), { recursive: true, verbatimSymlinks: true });
  for (const program of ["/opt/osteon/current/node_modules/.bin/node", "/usr/bin/install"]) {
    writeFileSync(place(program), "");
    chmodSync(join(root, program), 0o755);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the units for systemd", () => {
  it.skipIf(!hasSystemd)("have nothing that systemd-analyze verify finds", () => {
    const { status, stderr } = analyze("verify", ...units);
    expect([stderr, status]).toEqual(["", 0]);
  });

  it.skipIf(!hasSystemd).each(services)("leave %s little that it may do", (service) => {
    const { stdout } = analyze("--offline=true", "--no-pager", "security", service);
    const [, exposure] = /Overall exposure level for \S+: ([\d.]+)/.exec(stdout)!;
    console.log(`systemd-analyze security ${service}: ${exposure} of 10`);
    expect(Number(exposure)).toBeLessThanOrEqual(mostExposure);
  });

  it("let V8 compile, and write no core dump", () => {
    const hardening = read("osteon.service.d/hardening.conf");
    expect(hardening).not.toMatch(/^MemoryDenyWriteExecute/m);
    expect(hardening).toMatch(/^LimitCORE=0$/m);
    expect(read("osteon-.service.d/hardening.conf")).toBe(hardening);
  });

  it("give the service longer to end than it takes to drain", () => {
    const { drain_notice_ms, drain_timeout_ms } = configurationWith({}).service;
    const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(read("osteon.service"))!;
    expect(Number(seconds) * 1000).toBeGreaterThan(drain_notice_ms + drain_timeout_ms);
  });

  it("run commands that there are", () => {
    const commands = services.flatMap((service) => [...read(service).matchAll(/bin\/osteon\.js (.+?) --config/g)]);
    expect(commands.map(([, words]) => words)).toEqual(
      expect.arrayContaining(["serve", "backup", "audit verify", "audit checkpoint"]),
    );
    for (const [, words] of commands) {
      const command = words!
        .split(" ")
        .reduce<ReturnType<typeof programInProcess> | undefined>(
          (parent, name) => parent?.commands.find((candidate) => candidate.name() === name),
          programInProcess(),
        );
      expect(command?.options.map(({ long }) => long)).toContain("--config");
    }
  });
});

const read = (name: string): string => readFileSync(join(folder, name), "utf8");
