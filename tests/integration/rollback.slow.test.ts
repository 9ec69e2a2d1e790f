import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createIdentityFile } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isExhaustive } from "../support/exhaustive.ts";
import { openServerSession } from "../../packages/connectors/src/database/driver/open-server-session.ts";
import {
  findServerPrograms,
  skipsRealServer,
  startRealServer,
  type RealServer,
} from "../../packages/connectors/src/database/testing/real-server.ts";
import { installVersion, type Change } from "./support/installed-version.ts";
import { writeTwoModels } from "./support/two-models.ts";

/*
 * An update with a migration, and back: the lines of docs/rollback.md, with a service, PostgreSQL, and two later
 * versions of this program, installed beside it. What a site does by its own means has stand-ins: `systemctl` starts
 * and stops the service by its process, and folders of the system are folders of the test.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(join(root, "docs", "rollback.md"), "utf8");
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
const schemaFile = "packages/storage/src/registry/registry-schema.ts";
const logFile = "packages/storage/src/registry/sql-move-log.ts";
const released = 'Readonly<Record<string, Migration>> = { "0001-moves": moves }';

/** The next release: a column more, which the release before leaves alone. */
const nextRelease: readonly Change[] = [
  {
    file: schemaFile,
    from: released,
    to: `Readonly<Record<string, Migration>> = { "0001-moves": moves, "0002-move-noted-at.from-0001": {
      async up(database) {
        await sql\`alter table osteon_registry.move add column noted_at timestamptz default now()\`.execute(database);
      } } }`,
  },
];

/** The one after: a column that whoever makes a move has to fill in, so that versions before the next cannot. */
const laterRelease: readonly Change[] = [
  {
    file: schemaFile,
    from: released,
    to: nextRelease[0]!.to.replace(
      /\} \}$/,
      `}, "0003-move-epoch.from-0002": {
      async up(database) {
        await sql\`alter table osteon_registry.move add column epoch integer not null default 1\`.execute(database);
        await sql\`alter table osteon_registry.move alter column epoch drop default\`.execute(database);
      } } }`,
    ),
  },
  {
    file: logFile,
    from: "envelope: JSON.stringify(envelope) }",
    to: "envelope: JSON.stringify(envelope), epoch: 1 }",
  },
];

let folder: string;
let server: RealServer;
let one: string;
let two: string;
let port: number;
const times: [part: string, ms: number][] = [];
const at = (...parts: string[]) => join(folder, ...parts);

const isSkipped = skipsRealServer();

beforeAll(async () => {
  if (isSkipped) return;
  folder = mkdtempSync(join(tmpdir(), "osteon-rollback-"));
  server = await startRealServer();
  for (const name of ["opt", "etc", "srv", "bin", "safe"]) mkdirSync(at(name));
  symlinkSync(root, at("opt", "0.1.0"));
  symlinkSync(root, at("opt", "current"));
  installVersion(at("opt", "0.2.0"), "0.2.0", nextRelease);
  installVersion(at("opt", "0.3.0"), "0.3.0", laterRelease);
  [one, two] = await writeTwoModels(at("etc"));
  const { recipient } = await createIdentityFile(at("safe", "backup-key.txt"));
  const groups = [
    "registry: { directory: registry, metadata: postgres }",
    "encryption: { key_path: key.txt }",
    `backup: { directory: ${at("backup")}, recipients: [${recipient}] }`,
    "service: { workers: 1, drain_notice_ms: 0 }",
  ];
  writeFileSync(at("etc", "osteon.yaml"), `${groups.join("\n")}\n`);
  port = await freePort();
  writeShim("osteon", `exec "${process.execPath}" "${at("opt", "current")}/bin/osteon.js" "$@"`);
  writeShim("systemctl", serviceManager());
}, 300_000);

afterAll(() => {
  if (isSkipped) return;
  sh("systemctl stop osteon || true");
  server.stop();
  rmSync(folder, { recursive: true, force: true });
  for (const [part, ms] of times) process.stderr.write(`${part}: ${(ms / 1000).toFixed(1)} s\n`);
});

function writeShim(name: string, text: string): void {
  writeFileSync(at("bin", name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

/** Starts the version in use and waits until it is ready, as a unit with a readiness check does; ends it in order. */
function serviceManager(): string {
  return `set -u
pid="${at("service.pid")}"
case "$1" in
start)
  osteon serve --config "${at("etc", "osteon.yaml")}" --port ${port} --log "${at("service.log")}" \\
    >"${at("service.out")}" 2>&1 &
  echo $! >"$pid"
  for attempt in $(seq 1200); do
    kill -0 "$(cat "$pid")" 2>/dev/null || { cat "${at("service.out")}" >&2; exit 1; }
    grep -q "^Serving" "${at("service.out")}" && exit 0
    sleep 0.1
  done
  exit 1 ;;
stop)
  [ -f "$pid" ] || exit 0
  kill "$(cat "$pid")" 2>/dev/null
  for attempt in $(seq 600); do
    kill -0 "$(cat "$pid")" 2>/dev/null || break
    sleep 0.1
  done
  rm -f "$pid" ;;
esac`;
}

/** Runs lines as a person at the site does. */
function sh(lines: string) {
  const { user, password, host, database } = server.address;
  const moved = lines
    .replaceAll("/opt/osteon", at("opt"))
    .replaceAll("/etc/osteon", at("etc"))
    .replaceAll("/backup/osteon", at("backup"))
    .replaceAll("/srv/", `${at("srv")}/`)
    .replaceAll("/root/backup-key.txt", at("safe", "backup-key.txt"));
  const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", moved], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: `${at("bin")}:${process.env["PATH"]}:${findServerPrograms()}`,
      HOME: folder,
      OSTEON_URL: `http://127.0.0.1:${port}`,
      REGISTRY_DATABASE_URL: `postgresql://${user}:${password}@${host}:${server.address.port}/${database}`,
    },
    // The service inherits them, and goes on.
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 300_000,
  });
  return { code: status, stdout, stderr };
}

/** Lines that have to end well. */
function done(part: string, lines: string): string {
  const began = performance.now();
  const { code, stdout, stderr } = sh(lines);
  times.push([part, performance.now() - began]);
  if (code !== 0) throw new Error(`${part} ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

/** Twenty patients of the service, and the version that gave them. */
async function patientsOf(seed: number): Promise<{ readonly version: string; readonly patients: unknown }> {
  const token = readFileSync(at("etc", "registry", "keys", "api-token"), "utf8").trim();
  const answer = await fetch(`http://127.0.0.1:${port}/generate`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ count: 20, seed }),
  });
  const { patients, model_version: version } = (await answer.json()) as { patients: unknown; model_version: string };
  return { version, patients };
}

async function movesInDatabase(): Promise<readonly string[]> {
  await using session = await openServerSession(server.address);
  const rows = await session.run("select envelope from osteon_registry.move order by sequence");
  return rows.map(([envelope]) => envelope!);
}

const config = "--config /etc/osteon/osteon.yaml";
const promote = (version: string) => `osteon models promote ${version} --override --reason rehearsal ${config}`;

/** Who did what, by which version, as the audit trail has it. */
function entries(): readonly string[] {
  const segments = at("etc", "audit", "segments");
  return readdirSync(segments)
    .sort()
    .flatMap((name) => readFileSync(join(segments, name), "utf8").split("\n"))
    .filter((line) => line.includes('"action"'));
}

function keyFiles(): Readonly<Record<string, string>> {
  const folders = ["etc/registry/keys", "etc/audit/keys", "etc/api-keys"].map((name) => at(...name.split("/")));
  return Object.fromEntries(
    [...folders, at("etc")].flatMap((path) => {
      try {
        return readdirSync(path)
          .filter((name) => /\.(?:pem|pub|key|txt)$|^api-token$/.test(name))
          .map((name) => [join(path, name), readFileSync(join(path, name), "utf8")]);
      } catch {
        return [];
      }
    }),
  );
}

describe.skipIf(isSkipped)("an update is taken back by the lines of docs/rollback.md", { timeout: 600_000 }, () => {
  it("by one release: the version before works with the database as it is", async () => {
    expect(blocks).toHaveLength(7);
    const [before, update, model, application, look, , start] = blocks;
    done("put a model on air", promote(one));
    done("start the service", "systemctl start osteon");
    // The selftest asks for a young backup.
    done("backup", `osteon backup ${config}`);
    done("before the update", before!);
    const patients = await patientsOf(7);
    expect(patients).toMatchObject({ version: one });
    const keys = keyFiles();

    done("update", update!);
    expect(done("version", "osteon --version")).toBe("0.2.0\n");
    done("promote with the new version", promote(two));
    expect(await appliedMigrations()).toEqual(["0001-moves", "0002-move-noted-at.from-0001"]);
    const entered = entries();
    const moves = await movesInDatabase();
    expect(moves).toHaveLength(2);

    done("back: model", model!);
    done("back: application", application!);
    expect(done("version", "osteon --version")).toBe("0.1.0\n");
    expect(done("back: database", look!)).toContain(one);
    done("back: start and look", start!);

    expect(await patientsOf(7)).toEqual(patients);
    const after = await movesInDatabase();
    expect(after.slice(0, 2)).toEqual(moves);
    expect(after).toHaveLength(3);
    for (const entry of entered) expect(entries()).toContain(entry);
    expect(entered.join("\n")).toMatch(/model\.promoted/);
    expect(keyFiles()).toEqual(keys);
    // It can make moves on the schema of the later version, too.
    done("promote with the earlier version", promote(two));
    expect(await movesInDatabase()).toHaveLength(4);
    done("roll back with the earlier version", `osteon models rollback ${config}`);
  });

  it.runIf(isExhaustive)(
    "by more: the version before refuses the database, and its moves go into a fresh schema",
    async () => {
      const [, update, model, application, look, database, start] = blocks;
      // The service takes up within seconds what was put on air just now.
      await expect.poll(async () => (await patientsOf(11)).version, { timeout: 60_000 }).toBe(one);
      const patients = await patientsOf(11);
      const keys = keyFiles();
      done("update by two", update!.replaceAll("0.2.0", "0.3.0"));
      done("promote with the later version", promote(two));
      expect(await appliedMigrations()).toHaveLength(3);
      done("back by two: model", model!);
      const moves = await movesInDatabase();
      expect(moves).toHaveLength(7);
      const entered = entries();

      done("back by two: application", application!);
      const refused = sh(look!);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/0003-move-epoch.*docs\/rollback\.md/s) });
      expect(sh("systemctl start osteon")).toMatchObject({ code: 1, stderr: expect.stringMatching(/newer-schema/) });
      done("back by two: database", database!);
      expect(done("look again", look!)).toContain(one);
      done("back by two: start and look", start!);

      expect(await movesInDatabase()).toEqual(moves);
      expect(await appliedMigrations()).toEqual(["0001-moves"]);
      expect(await patientsOf(11)).toEqual(patients);
      for (const entry of entered) expect(entries()).toContain(entry);
      expect(keyFiles()).toEqual(keys);
    },
  );
});

async function appliedMigrations(): Promise<readonly string[]> {
  await using session = await openServerSession(server.address);
  const rows = await session.run("select name from osteon_registry.kysely_migration order by name");
  return rows.map(([name]) => name!);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => void probe.close(resolve));
  return free;
}
