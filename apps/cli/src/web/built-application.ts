import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WebApplicationSource } from "@osteon/service";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const dashboard = join(root, "apps", "dashboard");
const builder = join(root, "tools", "build-web-application.ts");
const sources = [
  join(dashboard, "src"),
  join(dashboard, "index.html"),
  join(dashboard, "vite.config.ts"),
  join(root, "packages", "contracts", "src"),
  join(root, "packages", "survival", "src"),
  join(root, "package-lock.json"),
];

/**
 * The web application as it was built. Where it was not, or its sources are newer, it is built when it is first asked
 * for, which takes seconds; an installation without development dependencies has to bring it built.
 */
export function builtApplication(): WebApplicationSource {
  let found: Promise<string | null> | undefined;
  return () => (found ??= findOrBuild());
}

async function findOrBuild(): Promise<string | null> {
  const built = join(dashboard, "dist");
  const document = join(built, "index.html");
  if (!(await isCurrent(document)) && canBuild()) await build();
  return existsSync(document) ? built : null;
}

async function isCurrent(document: string): Promise<boolean> {
  if (!existsSync(document)) return false;
  const builtAt = statSync(document).mtimeMs;
  return (await Promise.all(sources.map(newestChange))).every((changedAt) => changedAt <= builtAt);
}

/** 0 where there are no sources: then there is nothing newer. */
async function newestChange(path: string): Promise<number> {
  if (!existsSync(path)) return 0;
  const names = statSync(path).isDirectory() ? await readdir(path, { recursive: true }) : [""];
  return names.reduce((newest, name) => Math.max(newest, statSync(join(path, name)).mtimeMs), 0);
}

function canBuild(): boolean {
  try {
    createRequire(builder).resolve("vite/package.json");
    return existsSync(builder);
  } catch {
    return false;
  }
}

/** In a process of its own, as the service goes on meanwhile. What it says is of no use to the service's log. */
async function build(): Promise<void> {
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [builder], { cwd: root, stdio: "ignore" });
    child.once("close", () => resolve()).once("error", () => resolve());
  });
}
