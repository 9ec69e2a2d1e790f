import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { renderSite } from "./documents/render-site.ts";

const client = fileURLToPath(new URL("documents/client/main.ts", import.meta.url));

/** Builds the documentation as files that a browser opens from a disk or any server; the folder is made anew. */
export async function buildDocuments(directory: string): Promise<number> {
  const fresh = `${directory}.${process.pid}.partial`;
  try {
    const site = await renderSite();
    for (const [path, content] of site) {
      await mkdir(dirname(join(fresh, path)), { recursive: true });
      await writeFile(join(fresh, path), content);
    }
    await build({
      configFile: false,
      logLevel: "warn",
      build: {
        outDir: fresh,
        emptyOutDir: false,
        // In one classic script: a page opened from a disk may load no module.
        lib: { entry: client, formats: ["iife"], name: "osteonSite", fileName: () => "site.js" },
      },
    });
    await rm(directory, { recursive: true, force: true });
    await rename(fresh, directory);
    return site.size;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const directory = fileURLToPath(new URL("../dist/docs", import.meta.url));
  const files = await buildDocuments(directory);
  console.log(`The documentation: ${files} files in dist/docs; open dist/docs/index.html`);
}
