// `npm run quickstart [-- options]`: installs if needed, then `osteon quickstart` with those options.
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./ensure-installed.js";

ensureInstalled();
// npm runs scripts in the project's folder; paths are meant from where the user stands.
process.chdir(process.env.INIT_CWD ?? process.cwd());
process.argv.splice(1, 1, fileURLToPath(new URL("../bin/osteon.js", import.meta.url)), "quickstart");
await import("../bin/osteon.js");
