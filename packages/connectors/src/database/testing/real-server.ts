import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ServerAddress } from "@osteon/database-server";

/** A PostgreSQL server of the tests' own. */
export interface RealServer {
  readonly address: ServerAddress;
  /** Where its data and its log are. */
  readonly directory: string;
  /** Ends it as a crash would; its data stay. */
  halt(): void;
  /** Starts it again after {@link halt}, where it was. */
  resume(): Promise<void>;
  stop(): void;
}

const debian = "/usr/lib/postgresql";
/** PostgreSQL refuses root; this user has nothing. */
const nobody = 65_534;

/** The folder with the server's programs, of the newest version installed; undefined where there is none. */
export function findServerPrograms(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(debian, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  if (found !== undefined) return found;
  const onPath = spawnSync("sh", ["-c", "command -v initdb"], { encoding: "utf8" }).stdout.trim();
  return onPath === "" ? undefined : join(onPath, "..");
}

/**
 * Whether a real server is left out of this run of the tests, which is said loudly. Continuous integration has
 * one, so there its absence is a failure.
 */
export function skipsRealServer(): boolean {
  if (findServerPrograms() !== undefined) return false;
  if (process.env["CI"] === "true")
    throw new Error("Continuous integration needs PostgreSQL's server: initdb is not there");
  process.stderr.write(
    "\nNO POSTGRESQL SERVER HERE (initdb): its tests are skipped. tools/install-test-programs.sh installs it.\n",
  );
  return true;
}

/**
 * Makes a cluster in a temporary folder and starts it on a free port, as an unprivileged user. It logs every
 * connection and statement into `log` of its directory.
 *
 * @param tls certificate and key in PEM, for a server that offers TLS
 */
export async function startRealServer(tls?: {
  readonly certificate: string;
  readonly key: string;
}): Promise<RealServer> {
  const bin = findServerPrograms()!;
  const directory = mkdtempSync(join(tmpdir(), "osteon-postgres-"));
  const data = join(directory, "data");
  const password = `server-${Math.random().toString(36).slice(2)}`;
  const passwordFile = join(directory, "password");
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password);
  const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if ("uid" in identity) for (const path of [directory, data, passwordFile]) chownSync(path, nobody, nobody);
  const environment = { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };
  const made = spawnSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "owner", "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"],
    { ...identity, env: environment, encoding: "utf8", cwd: directory },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  writeFileSync(
    join(data, "postgresql.auto.conf"),
    [
      `port = ${port}`,
      "listen_addresses = '127.0.0.1'",
      `unix_socket_directories = '${directory}'`,
      "fsync = off",
      "synchronous_commit = off",
      "full_page_writes = off",
      "log_connections = on",
      "log_statement = 'all'",
      ...(tls === undefined ? [] : ["ssl = on"]),
      "",
    ].join("\n"),
  );
  if (tls !== undefined) {
    for (const [name, text] of [
      ["server.crt", tls.certificate],
      ["server.key", tls.key],
    ] as const) {
      writeFileSync(join(data, name), text, { mode: 0o600 });
      if ("uid" in identity) chownSync(join(data, name), nobody, nobody);
    }
  }
  const log = openSync(join(directory, "log"), "a");
  const address: ServerAddress = {
    host: "127.0.0.1",
    port,
    database: "postgres",
    user: "owner",
    password,
    tls: "disable",
    rootCertificate: undefined,
  };
  const resume = async (): Promise<void> => {
    const server = spawn(join(bin, "postgres"), ["-D", data], {
      ...identity,
      env: environment,
      cwd: directory,
      stdio: ["ignore", log, log],
    });
    for (let attempt = 0; attempt < 200 && server.exitCode === null; attempt++) {
      const ready = spawnSync(join(bin, "pg_isready"), ["-h", "127.0.0.1", "-p", `${port}`, "-q"], {
        env: environment,
      });
      if (ready.status === 0) return;
      await delay(50);
    }
    throw new Error("PostgreSQL did not start");
  };
  const halt = (): void => {
    // Immediate, and waited for, as a server that ends still writes.
    if (existsSync(data))
      spawnSync(join(bin, "pg_ctl"), ["stop", "-D", data, "-m", "immediate", "-w"], { ...identity });
  };
  const stop = (): void => {
    halt();
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  };
  process.once("exit", stop);
  try {
    await resume();
  } catch (error) {
    stop();
    throw error;
  }
  return { address, directory, halt, resume, stop };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
