import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fillParts, pagesWithParts } from "./documents/generated-parts.ts";

/** Writes the generated parts of pages anew: `npm run build:parts`. */
const root = fileURLToPath(new URL("..", import.meta.url));
for (const page of pagesWithParts) {
  const path = join(root, page);
  await writeFile(path, fillParts(page, await readFile(path, "utf8"), root));
}
