// Performs the steps of deploy/container/Dockerfile without a container engine, stage by stage in clean folders, and
// leaves the image's files: node tools/deployment/run-dockerfile-steps.ts FOLDER
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { listContext } from "./build-context.ts";
import { readImageSettings, readStages, type ImageSettings, type Stage, type Step } from "./dockerfile-stages.ts";
import { fillBaseImage, imageUser, nodeImageMounts, sandboxCommand, whyNoSandbox } from "./sandbox.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const dockerfilePath = join(project, "deploy/container/Dockerfile");

export interface BuiltImage {
  /** Folder with the image's root file system. */
  readonly root: string;
  readonly settings: ImageSettings;
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
}

interface BuiltStage {
  readonly root: string;
  environment: Record<string, string>;
  directory: string;
}

/**
 * Performs the Dockerfile's steps. An image that a stage is built from is imitated: one with Node by this system,
 * read-only, so that a step which writes outside of the stage's own folders fails; the one that the last stage stands
 * on by the few libraries that it has.
 *
 * @param workplace a folder for the stages; it is made if it is not there
 * @throws Error naming the step that failed, with its output
 */
export function runDockerfileSteps(workplace: string, tell: (line: string) => void = () => {}): BuiltImage {
  const dockerfile = readFileSync(dockerfilePath, "utf8");
  const built = new Map<string, BuiltStage>();
  let last: BuiltStage | undefined;
  mkdirSync(workplace, { recursive: true });
  // The user that the image's program runs as has to come through; temporary folders are for their owner.
  chmodSync(workplace, 0o755);
  for (const [index, stage] of readStages(dockerfile).entries()) {
    const name = stage.name ?? "image";
    last = beginStage(stage, join(workplace, `${index}-${name}`), built);
    for (const step of stage.steps) {
      tell(`${name}: ${describe(step)}`);
      perform(step, last, built, join(workplace, "npm-cache"));
    }
    built.set(name, last);
  }
  return { ...last!, settings: readImageSettings(dockerfile) };
}

function beginStage({ base, name }: Stage, root: string, built: ReadonlyMap<string, BuiltStage>): BuiltStage {
  mkdirSync(root, { recursive: true });
  chmodSync(root, 0o755);
  const from = built.get(base);
  if (from) copy([`${from.root}/.`], root);
  else if (name === undefined) fillBaseImage(root);
  return { root, environment: { ...from?.environment }, directory: from?.directory ?? "/" };
}

function perform(step: Step, stage: BuiltStage, built: ReadonlyMap<string, BuiltStage>, npmCache: string): void {
  switch (step.kind) {
    case "workdir":
      stage.directory = step.path;
      mkdirSync(join(stage.root, step.path), { recursive: true });
      return;
    case "environment":
      Object.assign(stage.environment, step.values);
      return;
    case "copy": {
      const target = resolve("/", stage.directory, step.target);
      if (step.from === undefined) return copyContext(step.sources, join(stage.root, target));
      const from = built.get(step.from);
      if (!from) throw new Error(`COPY --from=${step.from}: no such stage`);
      for (const source of step.sources) copyFromStage(from.root, source, join(stage.root, target));
      if (step.owner !== undefined) own(step.owner, join(stage.root, target));
      return;
    }
    case "run":
      run(step.command, stage, npmCache);
  }
}

/** COPY from the build's context, which is what .dockerignore lets through. */
function copyContext(sources: readonly string[], target: string): void {
  if (sources.join(" ") !== ".") throw new Error(`COPY of ${sources.join(" ")}: only the whole context is known here`);
  for (const path of listContext(project)) {
    cpSync(join(project, path), join(target, path), { preserveTimestamps: true });
  }
}

/** COPY --from: the content of a folder, or a file; the image's own Node is this process's. */
function copyFromStage(root: string, source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const path = join(root, source);
  if (existsSync(path) && lstatSync(path).isDirectory()) {
    mkdirSync(target, { recursive: true });
    copy([`${path}/.`], target);
  } else copy([source === "/usr/local/bin/node" ? process.execPath : path], target);
}

/** RUN, as a user who is root inside and nobody outside. */
function run(command: string, stage: BuiltStage, npmCache: string): void {
  mkdirSync(npmCache, { recursive: true });
  for (const folder of ["opt", "var/lib"]) mkdirSync(join(stage.root, folder), { recursive: true });
  own(`${imageUser}:${imageUser}`, stage.root, npmCache);
  const written = readdirSync(stage.root).map((name) => ["--bind", join(stage.root, name), `/${name}`]);
  const [program, ...words] = sandboxCommand(["/bin/sh", "-c", command], {
    mounts: [...nodeImageMounts(), ...written, ["--bind", npmCache, "/root/.npm"]],
    environment: {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      HOME: "/root",
      ...certificates(),
      ...stage.environment,
    },
    directory: stage.directory,
    user: 0,
    network: "shared",
  });
  const ending = spawnSync(program!, words, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (ending.status !== 0)
    throw new Error(`RUN ${command}\nended with ${ending.status}:\n${ending.stdout}${ending.stderr}`);
}

/** A proxy that breaks TLS open is common in hospitals: npm is told which authorities this computer trusts. */
function certificates(): Record<string, string> {
  const file = process.env["NODE_EXTRA_CA_CERTS"];
  return file === undefined ? {} : { NODE_EXTRA_CA_CERTS: file };
}

/** Only root can give files away. */
function own(owner: string, ...paths: string[]): void {
  if (process.getuid!() === 0) spawnSync("chown", ["--recursive", owner, ...paths]);
}

/** With modes, times and links; owned by who copies, as COPY's files are root's. */
function copy(sources: readonly string[], target: string): void {
  const flags = ["--recursive", "--no-dereference", "--preserve=mode,timestamps,links", "--reflink=auto"];
  const copied = spawnSync("cp", [...flags, ...sources, target], { encoding: "utf8" });
  if (copied.status !== 0) throw new Error(copied.stderr);
}

function describe(step: Step): string {
  if (step.kind === "copy") return `COPY ${step.from ? `--from=${step.from} ` : ""}${step.sources.join(" ")}`;
  if (step.kind === "run") return `RUN ${step.command}`;
  return step.kind === "workdir" ? `WORKDIR ${step.path}` : `ENV ${Object.keys(step.values).join(" ")}`;
}

if (import.meta.main) {
  const folder = process.argv[2];
  const reason = whyNoSandbox();
  if (folder === undefined || reason !== undefined) {
    console.error(reason ?? `Usage: node tools/deployment/${basename(import.meta.filename)} FOLDER`);
    process.exit(2);
  }
  rmSync(folder, { recursive: true, force: true });
  console.log(`The image's files are in ${runDockerfileSteps(folder, (line) => console.log(line)).root}`);
}
