import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "vite";

const dashboard = fileURLToPath(new URL("../apps/dashboard/", import.meta.url));
const manifestName = "manifest.json";
/** Of the scripts that the Overview loads, gzip. */
const mostKilobytes = 350;

/** As much of Vite's manifest as is read here. */
type Manifest = Readonly<
  Record<string, { readonly file: string; readonly imports?: readonly string[]; readonly css?: readonly string[] }>
>;

/** Builds the web application into apps/dashboard/dist: beside it first, so that nobody is served half of it. */
export async function buildWebApplication(): Promise<{ readonly overview: number; readonly all: number }> {
  // Whoever builds from within a test says "test", by which React's checks for development would be built in.
  process.env["NODE_ENV"] = "production";
  const [fresh, dist, old] = [`dist-${process.pid}`, "dist", `dist-old-${process.pid}`].map((n) => join(dashboard, n));
  try {
    await build({ configFile: join(dashboard, "vite.config.ts"), logLevel: "warn", build: { outDir: fresh! } });
    await compressAll(fresh!);
    const sizes = await measureScripts(fresh!);
    await rename(dist!, old!).catch(() => undefined);
    await rename(fresh!, dist!);
    return sizes;
  } finally {
    for (const folder of [fresh!, old!]) await rm(folder, { recursive: true, force: true });
  }
}

/** Beside each file what goes over the wire, so that the service compresses nothing while it answers. */
async function compressAll(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
      await writeFile(`${file}.br`, brotliCompressSync(content));
    }),
  );
}

/** Kilobytes (1,000 bytes) of script after gzip: what the Overview loads, and everything. */
async function measureScripts(folder: string): Promise<{ readonly overview: number; readonly all: number }> {
  const manifest = JSON.parse(await readFile(join(folder, manifestName), "utf8")) as Manifest;
  const sizeOf = async (files: Iterable<string>): Promise<number> => {
    const sizes = await Promise.all(
      [...files].map(async (file) => gzipSync(await readFile(join(folder, file)), { level: 9 }).length),
    );
    return sizes.reduce((sum, size) => sum + size, 0) / 1000;
  };
  // The Overview is in what the document loads; every other page is loaded when it is gone to.
  const needed = new Set<string>();
  const follow = (key: string): void => {
    const chunk = manifest[key]!;
    if (needed.has(chunk.file)) return;
    needed.add(chunk.file);
    chunk.imports?.forEach(follow);
  };
  follow("index.html");
  const scripts = Object.values(manifest).map(({ file }) => file);
  const isScript = (file: string) => file.endsWith(".js");
  return { overview: await sizeOf([...needed].filter(isScript)), all: await sizeOf(new Set(scripts.filter(isScript))) };
}

if (import.meta.main) {
  const { overview, all } = await buildWebApplication();
  console.log(
    `The web application: ${overview.toFixed(0)} kB of script (gzip) for the Overview, ${all.toFixed(0)} kB in all`,
  );
  if (overview > mostKilobytes) throw new Error(`The Overview loads more than ${mostKilobytes} kB of script`);
}
