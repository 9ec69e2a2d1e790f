import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderMegabytes } from "./support/folder-size.ts";
import { whyNoRegistry } from "./support/package-registry.ts";

/*
 * What hospital IT does without containers: the files of the repository in a clean folder, `npm ci --omit=dev`, and
 * the main job, with no development dependency there.
 */

const project = fileURLToPath(new URL("../..", import.meta.url));
const reason = whyNoRegistry();
if (reason !== undefined) console.warn(`Nothing is installed, and no installation is tried: ${reason}`);

let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);

/** Nothing of this process's environment reaches the installed program but where programs are. */
const environment = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: "/nonexistent" };
const osteon = (...words: string[]) => [at("osteon/bin/osteon.js"), ...words];
const run = (...words: string[]) =>
  spawnSync(process.execPath, osteon(...words), { cwd: folder, env: environment, encoding: "utf8" });

describe.skipIf(reason !== undefined)("an installation without development dependencies", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "osteon-installation-"));
    const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: project,
      encoding: "utf8",
    });
    for (const path of listed.stdout.split("\0").filter((name) => name !== "" && existsSync(join(project, name)))) {
      cpSync(join(project, path), at("osteon", path), { verbatimSymlinks: true });
    }
    const installed = spawnSync("npm", ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: at("osteon"),
      encoding: "utf8",
    });
    if (installed.status !== 0) throw new Error(installed.stderr);
    writeFileSync(
      at("osteon.yaml"),
      `data: { source: demonstration, patients: 60, genes: 60, seed: 2020 }
cohort: { small_cohort: true }
training: { architecture: factor-copula, folds: 2, largest_rank: 3, effective_size_refits: 0 }
generation: { unconditional_patients: 30, patients_per_scenario: 5 }
validation: { splits: 2, synthetic_patients: 50, shadow_models: 0 }
`,
    );
  }, 900_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 300_000);

  it("has none of them, and is of a size to carry", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as {
      devDependencies: Record<string, string>;
    };
    const modules = at("osteon/node_modules");
    const { packages } = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8")) as {
      packages: Record<string, { link?: boolean }>;
    };
    const names = Object.entries(packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);
    console.log(`Installed: ${names.length} packages, ${folderMegabytes(modules)} MB`);
    for (const name of ["vitest", "typescript", "vite", "playwright-core", "oxlint"]) {
      expect(devDependencies).toHaveProperty(name);
      expect(readdirSync(modules)).not.toContain(name);
    }
    expect(names.length).toBeLessThan(250);
  });

  it("trains, generates and serves", async () => {
    const trained = run("run", "--config", "osteon.yaml", "--run", "run");
    expect([trained.status, trained.stderr]).toEqual([0, expect.any(String)]);
    const generated = run("generate", "--model", "run", "--count", "20", "--out", "patients");
    expect([generated.status, generated.stderr]).toEqual([0, expect.any(String)]);
    expect(existsSync(at("patients/clinical.csv"))).toBe(true);

    const service = spawn(process.execPath, osteon("serve", "--model", "run", "--port", "0"), {
      cwd: folder,
      env: environment,
    });
    const ended = new Promise<number | null>((resolve) => service.once("close", resolve));
    try {
      const origin = await new Promise<string>((resolve, reject) => {
        let text = "";
        service.stderr.setEncoding("utf8").on("data", (part: string) => {
          text += part;
          const address = /, at (http:\/\/\S+) /.exec(text)?.[1];
          if (address !== undefined) resolve(address);
        });
        void ended.then((code) => reject(new Error(`The service ended (${code}):\n${text}`)));
      });
      expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
      const answer = await fetch(`${origin}/generate`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${readFileSync(at("run/keys/api-token"), "utf8").trim()}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ survival_time: 800, event_occurred: 0, seed: 7 }),
      });
      expect(answer.status).toBe(200);
    } finally {
      service.kill("SIGTERM");
    }
    expect(await ended).toBe(0);
  });
});
