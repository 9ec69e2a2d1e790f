import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runPipeline } from "@osteon/pipeline";
import { smallConfiguration, type ConfigurationParts } from "../../integration/support/small-run.ts";

const commands = fileURLToPath(new URL("bin", import.meta.url));

/** A folder in which the commands of a page are typed. */
export interface Site extends Disposable {
  readonly folder: string;
  /** Beside it: what the page does not speak of. */
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Puts what this site has (its port, its models) in place of a page's examples. */
  readonly translate: (page: string) => string;
}

/** What a page calls something, and what it is here. */
export type Examples = Readonly<Record<string, string>>;

/** An empty site; the pages' port 8080 is a free one here, their /srv/osteon its folder. */
export async function createSite(examples: Examples = {}): Promise<Site> {
  const scratch = mkdtempSync(join(tmpdir(), "osteon-page-"));
  const folder = join(scratch, "site");
  mkdirSync(folder);
  const port = String(await freePort());
  const replaced = Object.entries({
    "8080": port,
    "/srv/osteon": folder,
    ...examples,
  });
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:OSTEON_|VITEST|NODE_OPTIONS|TEST$|DATABASE_URL|DB_)/.test(name),
  );
  return {
    folder,
    scratch,
    environment: {
      ...Object.fromEntries(inherited),
      PATH: `${commands}${delimiter}${process.env["PATH"]}`,
      OSTEON_NODE: process.execPath,
      SITE_SCRATCH: scratch,
      SITE_PORT: port,
      LC_ALL: "C.UTF-8",
    },
    translate: (page) => replaced.reduce((text, [shown, here]) => text.replaceAll(shown, here), page),
    [Symbol.dispose]: () => {
      spawnSync(join(commands, "stop-services"), { env: { ...process.env, SITE_SCRATCH: scratch } });
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** A small run of the demonstration cohort in a folder of its own, for several sites. Returns its model's version. */
export async function trainDemonstration(directory: string, parts: ConfigurationParts = {}): Promise<string> {
  const manifest = await runPipeline({ configuration: smallConfiguration(parts), directory, osteonVersion: "0.1.0" });
  return String(manifest.steps.seal?.detail["modelVersion"]);
}

/** Copies a run into a site. */
export function placeRun(site: Site, run: string, name: string): void {
  cpSync(run, join(site.folder, name), { recursive: true });
}

/** A page of the repository. */
export function readPage(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

export function writeSiteFile(site: Site, name: string, text: string): void {
  writeFileSync(join(site.folder, name), site.translate(text));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}
