#!/usr/bin/env node
// The launcher: plain JavaScript, so that an older Node can read it. TypeScript runs unbuilt from Node 24 on;
// an older one hands over to the Node that npm installed beside Osteon.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { servingFlags } from "./serving-flags.js";

const main = fileURLToPath(new URL("../apps/cli/src/main.ts", import.meta.url));

// ONNX Runtime would tell its maker of its use. Here, since a thread cannot set a variable for the process.
process.env.ORT_DISABLE_TELEMETRY = "1";

// Types are stripped and code compiled once, not at every start, which halves the time to the first line. Beside the
// code, so that whoever may not write there runs without; and from the environment, so that threads have it too.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("../node_modules/.cache/node-compile-cache", import.meta.url));

// What an operator sets stays, and what is set needs no other start.
const settings = [...process.execArgv, process.env.NODE_OPTIONS].join(" ");
const flags = process.argv[2] === "serve" ? servingFlags.filter((flag) => !settings.includes(flag.split("=")[0])) : [];

if (Number(process.versions.node.split(".")[0]) >= 24) {
  // V8 reads them at its start alone: this process begins again, as itself. Windows has no such call, and does without,
  // as does a Node that does not know one of them, and would refuse to start.
  const areKnown = () => spawnSync(process.execPath, [...flags, "--version"], { stdio: "ignore" }).status === 0;
  if (flags.length > 0 && process.platform !== "win32" && areKnown()) {
    process.execve(process.execPath, [process.execPath, ...process.execArgv, ...flags, ...process.argv.slice(1)]);
  }
  nodeModule.enableCompileCache();
  await import(main);
} else {
  const platform = `${process.platform}-${process.arch}`;
  const pinned = fileURLToPath(new URL(`../node_modules/node-${platform}/bin/node`, import.meta.url));
  if (!existsSync(pinned)) {
    console.error(
      `osteon: Node ${process.versions.node} is too old and there is no bundled one for ${platform}. Install Node 24 or newer.`,
    );
    process.exit(2);
  }
  const child = spawn(pinned, [...flags, main, ...process.argv.slice(2)], { stdio: "inherit" });
  // What is meant for this process is meant for that one. On Windows Ctrl-C reaches it by itself, and to pass it on kills.
  process.on("SIGINT", () => process.platform === "win32" || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
}
