#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
const main = fileURLToPath(new URL("../apps/cli/src/main.ts", import.meta.url));
if (Number(process.versions.node.split(".")[0]) >= 24) await import(main);
else {
  const node = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));
  const r = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exit(r.status ?? 1);
}
