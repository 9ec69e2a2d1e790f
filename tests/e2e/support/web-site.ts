import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageOfRun, runPipeline } from "@osteon/pipeline";
import { createIdentityFile, readPackage, writePackage } from "@osteon/registry";
import { printedBy } from "../../integration/support/in-process.ts";
import { startOsteon, type OsteonProcess } from "../../integration/support/osteon-process.ts";
import { smallConfiguration } from "../../integration/support/small-run.ts";

/** A service on a registry with two versions of a trained model, of which the first is on air. */
export interface WebSite {
  readonly address: string;
  readonly token: string;
  readonly versions: readonly [string, string];
  readonly close: () => Promise<void>;
}

/** The registry of a {@link WebSite}, before anything serves it. */
interface SiteFiles {
  readonly folder: string;
  readonly registry: string;
  readonly keyPath: string;
  readonly versions: readonly [string, string];
}

/** Trains on the demonstration cohort, seals two versions and starts `osteon serve`. */
export async function openWebSite(): Promise<WebSite> {
  const files = await trainVersions();
  const { folder, registry, keyPath, versions } = files;
  const key = ["--key", keyPath, "--registry", registry, "--json"];
  await printedBy(["models", "promote", versions[0], ...key, "--override", "--reason", "the first of this site"]);
  await checkDrift(files);
  const { address, service } = await serve(registry, keyPath);
  return {
    address,
    token: readFileSync(join(registry, "keys", "api-token"), "utf8").trim(),
    versions,
    close: async () => {
      service.child.kill("SIGTERM");
      await service.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function trainVersions(): Promise<SiteFiles> {
  const folder = mkdtempSync(join(tmpdir(), "osteon-web-"));
  const registry = join(folder, "registry");
  const keyPath = join(folder, "key.txt");
  const { recipient } = await createIdentityFile(keyPath);
  const configuration = smallConfiguration({
    data: { source: "demonstration", patients: 120, genes: 120 },
    encryption: { key_path: keyPath },
    training: { effective_size_refits: 5 },
    validation: { splits: 3, shadow_models: 2 },
  });
  const run = join(folder, "run");
  await runPipeline({ configuration, directory: run, osteonVersion: "0.1.0" });
  const { manifest, ...content } = await readPackage(packageOfRun(run), keyPath);
  const { family, createdAt, osteonVersion, seed, options, training, scores } = manifest;
  const seal = async (name: string, otherSeed: number): Promise<string> => {
    const draft = { family, createdAt, osteonVersion, seed: otherSeed, options, training, scores };
    const path = join(folder, name);
    const { modelVersion } = (await writePackage(path, { manifest: draft, ...content }, [recipient])).manifest;
    await printedBy(["models", "add", "--model", path, "--key", keyPath, "--registry", registry, "--json"]);
    return modelVersion;
  };
  return { folder, registry, keyPath, versions: [await seal("a.osteon", seed), await seal("b.osteon", seed + 1)] };
}

/** Keeps a check of either question where the service looks for them. */
async function checkDrift({ folder, registry, keyPath }: SiteFiles): Promise<void> {
  const later = join(folder, "later.yaml");
  writeFileSync(later, "data: { source: demonstration, patients: 60, genes: 120, seed: 7 }\n");
  const record = ["--record", join(folder, "drift"), "--json"];
  for (const words of [
    // A package does not tell who it was trained on, so that simulated patients, whose ids are alike, count as new.
    ["--against", packageOfRun(join(folder, "run")), "--config", later, "--key", keyPath],
    ["--output", "--registry", registry, "--key", keyPath],
  ]) {
    await printedBy(["drift", "check", ...words, ...record]).catch((error: { code?: string }) => {
      if (error.code !== "drift.watch" && error.code !== "drift.found") throw error;
    });
  }
}

async function serve(registry: string, keyPath: string): Promise<{ address: string; service: OsteonProcess }> {
  const log = join(registry, "..", "service.log");
  const words = ["serve", "--registry", registry, "--key", keyPath, "--port", "0", "--log", log];
  const service = startOsteon(words);
  const [, address] = await service.waitFor(/, at (http:\/\/\S+) \(token/);
  // Where the application is not built yet it is built now, which takes longer than a page waits.
  await fetch(`${address}/app/`);
  return { address: address!, service };
}
