import { join } from "node:path";
import { packageOfRun, runPipeline } from "@osteon/pipeline";
import { createIdentityFile, readPackage, writePackage } from "@osteon/registry";
import { printedBy } from "./in-process.ts";
import { smallConfiguration } from "./small-run.ts";

/**
 * Puts into a folder a key, `key.txt`, the packages of two models sealed for it, `one.osteon` and `two.osteon`, and a
 * registry that holds both, `registry`.
 *
 * @returns their versions
 */
export async function writeTwoModels(folder: string): Promise<readonly [string, string]> {
  const keyPath = join(folder, "key.txt");
  const { recipient } = await createIdentityFile(keyPath);
  const configuration = smallConfiguration({ encryption: { key_path: keyPath } });
  await runPipeline({ configuration, directory: join(folder, "run"), osteonVersion: "0.1.0" });
  const { manifest, ...content } = await readPackage(packageOfRun(join(folder, "run")), keyPath);
  const { family, createdAt, osteonVersion, seed, options, training, scores } = manifest;
  const sealOther = async (name: string, otherSeed: number): Promise<string> => {
    const path = join(folder, name);
    const draft = { family, createdAt, osteonVersion, seed: otherSeed, options, training, scores };
    const { manifest: written } = await writePackage(path, { manifest: draft, ...content }, [recipient]);
    await printedBy(["models", "add", "-m", path, "--key", keyPath, "--registry", join(folder, "registry"), "--json"]);
    return written.modelVersion;
  };
  return [await sealOther("one.osteon", seed), await sealOther("two.osteon", seed + 1)];
}
