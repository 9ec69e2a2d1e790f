import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageOfRun, runPipeline } from "@osteon/pipeline";
import { createIdentityFile, readPackage, writePackage } from "@osteon/registry";
import { makeCertificate } from "../../../packages/service/src/testing/certificates.ts";
import { printedBy } from "../../integration/support/in-process.ts";
import { startOsteon } from "../../integration/support/osteon-process.ts";
import { smallConfiguration } from "../../integration/support/small-run.ts";

/** A service on a registry with two versions of a trained model, of which the first is on air. */
export interface WebSite {
  readonly address: string;
  readonly token: string;
  readonly versions: readonly [string, string];
  /** API keys that may do one thing alone. */
  readonly keys: { readonly patients: string; readonly audit: string };
  /** Serves the same registry over TLS beside. */
  readonly serveOverTls: () => Promise<TlsSite>;
  readonly close: () => Promise<void>;
}

/** The same service, with a certificate of its own that no authority signed. */
interface TlsSite {
  readonly address: string;
  /** PEM */
  readonly certificate: string;
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
  const { address, close } = await serve(files, "service");
  return {
    address,
    token: readFileSync(join(registry, "keys", "api-token"), "utf8").trim(),
    versions,
    // Made while the service runs, which takes them up within two seconds: asking meanwhile would count as guessing.
    keys: { patients: await createKey(registry, "generate"), audit: await createKey(registry, "audit:read") },
    serveOverTls: async () => {
      makeCertificate(folder, "hospital");
      const [certificate, key] = [join(folder, "hospital.crt"), join(folder, "hospital.key")];
      const config = join(folder, "tls.yaml");
      writeFileSync(config, `service: { tls: { certificate_path: ${certificate}, key_path: ${key} } }\n`);
      const served = await serve(files, "tls", ["--config", config]);
      return { ...served, certificate: readFileSync(certificate, "utf8") };
    },
    close: async () => {
      await close();
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
    // Attacks with shadow models would take half of the time in which the site starts, and no page shows more of them.
    validation: { splits: 3, shadow_models: 0 },
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

async function createKey(registry: string, scope: string): Promise<string> {
  const words = ["keys", "create", "--registry", registry, "--name", scope, "--scope", scope, "--json"];
  return (JSON.parse(await printedBy(words)) as { key: string }).key;
}

async function serve(
  { folder, registry, keyPath }: SiteFiles,
  name: string,
  further: readonly string[] = [],
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const log = join(folder, `${name}.log`);
  const words = ["serve", "--registry", registry, "--key", keyPath, "--port", "0", "--log", log, ...further];
  const service = startOsteon(words);
  const [, address] = await service.waitFor(/, at (https?:\/\/\S+) \(token/);
  // Where the application is not built yet it is built now, which takes longer than a page waits.
  if (address!.startsWith("http:")) await fetch(`${address}/app/`);
  return {
    address: address!,
    close: async () => {
      service.child.kill("SIGTERM");
      await service.ended;
    },
  };
}
