import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** The user of the image, who owns nothing of the program. */
export const imageUser = 65532;

/** One option of bubblewrap that puts something into the sandbox, such as `["--ro-bind", from, to]`. */
export type Mount = readonly string[];

/** A program in a world of its own: its root, what is mounted into it, and its environment. */
export interface Sandbox {
  /** In this order: later ones lie over earlier ones. */
  readonly mounts: readonly Mount[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Whom the program takes itself for; outside it is never root. */
  readonly user: number;
  /** Its network: this computer's, or none but its own loopback. */
  readonly network: "shared" | "none";
}

/** Why containers cannot be imitated here; undefined where they can. */
export function whyNoSandbox(): string | undefined {
  if (spawnSync("bwrap", ["--version"]).status !== 0) return "bubblewrap is not installed";
  const [program, ...words] = sandboxCommand(["/usr/bin/true"], {
    mounts: [["--ro-bind", "/usr", "/usr"], ...linkedFolders()],
    environment: {},
    directory: "/",
    user: imageUser,
    network: "none",
  });
  const tried = spawnSync(program!, words, { encoding: "utf8" });
  return tried.status === 0 ? undefined : `bubblewrap does not work here: ${tried.stderr.trim()}`;
}

/** The command line that runs a program in a sandbox, as an unprivileged user where this one is root. */
export function sandboxCommand(command: readonly string[], sandbox: Sandbox): string[] {
  const { mounts, environment, directory, user, network } = sandbox;
  const lowered = process.getuid!() === 0;
  const options: readonly Mount[] = [
    ["--die-with-parent", "--unshare-all"],
    network === "shared" ? ["--share-net"] : [],
    ["--uid", String(user), "--gid", String(user), "--clearenv"],
    ...mounts,
    ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--chdir", directory],
    ...Object.entries(environment).map(([name, value]) => ["--setenv", name, value]),
  ];
  const dropped = lowered ? ["setpriv", `--reuid=${imageUser}`, `--regid=${imageUser}`, "--clear-groups"] : [];
  return [...dropped, "bwrap", ...options.flat(), "--", ...command];
}

/** This system read-only, with Node and npm where Node's own image has them: stands for NODE_IMAGE. */
export function nodeImageMounts(): Mount[] {
  const npm = dirname(dirname(realpathSync(findProgram("npm"))));
  return [
    ["--ro-bind", "/usr", "/usr"],
    ...linkedFolders(),
    ["--ro-bind", "/etc", "/etc"],
    ["--tmpfs", "/usr/local"],
    ["--ro-bind", process.execPath, "/usr/local/bin/node"],
    ["--ro-bind", npm, "/usr/local/lib/node_modules/npm"],
    ["--symlink", "../lib/node_modules/npm/bin/npm-cli.js", "/usr/local/bin/npm"],
  ];
}

/**
 * Fills a folder with what BASE_IMAGE, `distroless/cc`, has: shared libraries, certificates, time zones and empty
 * folders. No shell and no other program, so that what needs one fails here as it would there.
 */
export function fillBaseImage(root: string): void {
  for (const folder of ["proc", "dev", "tmp", "run/secrets", "etc/osteon", "etc/ssl", "usr/share"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const packages = ["libc6", "libgcc-s1", "libstdc++6", "libssl3", "libgomp1"];
  const listed = spawnSync("dpkg-query", ["--listfiles", ...packages], { encoding: "utf8" });
  if (listed.status !== 0) throw new Error(`The libraries are not Debian's packages here: ${listed.stderr}`);
  const libraries = listed.stdout.split("\n").filter((path) => /\.so(?:\.[0-9.]+)?$/.test(path));
  for (const path of ["/etc/ssl/certs", "/usr/share/zoneinfo", ...libraries]) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    const copied = spawnSync("cp", ["--archive", path, target], { encoding: "utf8" });
    if (copied.status !== 0) throw new Error(copied.stderr);
  }
}

/** The folders of the root which are links into /usr. */
function linkedFolders(): Mount[] {
  const names = readdirSync("/").filter((name) => /^(?:bin|sbin|lib(?:64)?)$/.test(name));
  return names.map((name) => ["--symlink", `usr/${name}`, `/${name}`]);
}

function findProgram(name: string): string {
  const found = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim();
  if (found === "") throw new Error(`${name} is not installed`);
  return found;
}
