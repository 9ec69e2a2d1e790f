// `npm run quickstart [-- options]`: installs if needed, then `osteon quickstart` with those options.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./ensure-installed.js";

ensureInstalled();
const launcher = fileURLToPath(new URL("../bin/osteon.js", import.meta.url));
// npm runs scripts in the project's folder; paths are meant from where the user stands.
const child = spawn(process.execPath, [launcher, "quickstart", ...process.argv.slice(2)], {
  stdio: "inherit",
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
// Ctrl-C reaches the whole group: the service ends in order, and this process after it.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
