import { join } from "node:path";
import { readFileSync, writeFileSync } from "node:fs";
import { modelDetailSchema, modelReferenceSchema } from "@osteon/contracts";
import { packageOfRun, runPipeline } from "@osteon/pipeline";
import { createIdentityFile, readIdentity, readPackage } from "@osteon/registry";
import type { ModelCatalogue } from "@osteon/service";
import { expect, it } from "vitest";
import { openRegistry, readSigningKeyOf, registryPlaceOf } from "../../apps/cli/src/registry/open-registry.ts";
import { catalogueOfRegistry } from "../../apps/cli/src/web/registry-catalogue.ts";
import { catalogueOfModel } from "../../apps/cli/src/web/single-model-catalogue.ts";
import { printedBy } from "./support/in-process.ts";
import { smallConfiguration, temporaryFolder } from "./support/small-run.ts";

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: { code: string; message: string }) => `${error.code} ${error.message}`,
  );

it("tells of a registry's models and moves what is on air, without a name of this machine", async () => {
  const folder = temporaryFolder();
  const directory = join(folder, "registry");
  const keyPath = join(folder, "key.txt");
  await createIdentityFile(keyPath);
  const run = join(folder, "run");
  const configuration = smallConfiguration({ encryption: { key_path: keyPath } });
  await runPipeline({ configuration, directory: run, osteonVersion: "0.1.0" });
  await printedBy(["models", "add", "--model", run, "--key", keyPath, "--registry", directory, "--json"]);

  const place = registryPlaceOf(configuration, { environment: {} }, directory);
  const options = { registry: await openRegistry(place), identity: await readIdentity(keyPath) };
  const catalogue = catalogueOfRegistry({ ...options, signingKey: await readSigningKeyOf(place) });
  const { models, broken } = await catalogue.list();
  expect([models.length, broken.length, models[0]!.on_air]).toEqual([1, 0, false]);
  const { version } = models[0]!;
  await describeEverything(catalogue, version);

  const order = { by: "key-1", reason: "", override: false };
  expect(await problemOf(catalogue.moves!.promote(version, order))).toMatch(
    /^service\.gate-not-passed .*shadow models/,
  );
  expect(await problemOf(catalogue.moves!.promote(version, { ...order, override: true }))).toMatch(
    /^service\.override-reason/,
  );
  expect(await problemOf(catalogue.moves!.promote("f".repeat(16), order))).toMatch(/^service\.model-unknown/);
  expect(await problemOf(catalogue.moves!.rollback(undefined, order))).toMatch(/^service\.no-rollback/);
  const move = await catalogue.moves!.promote(version, { by: "key-1", reason: "a trial", override: true });
  expect(move).toMatchObject({ sequence: 1, action: "promote", version, from: null, by: "key-1", reason: "a trial" });
  expect(move.overridden.length).toBeGreaterThan(0);
  expect(await catalogue.history()).toEqual([move]);
  expect((await catalogue.read(version)).on_air).toBe(true);

  // Who may not sign may look.
  expect(catalogueOfRegistry({ ...options, signingKey: null }).moves).toBeNull();
  // A package that was altered is told as broken, and is not looked into.
  const path = join(directory, "packages", `${version}.osteon-bundle`);
  const bytes = readFileSync(path);
  bytes[bytes.length - 9]! ^= 1;
  writeFileSync(path, bytes);
  const fresh = catalogueOfRegistry({ ...options, signingKey: null });
  expect(await fresh.list()).toMatchObject({
    models: [],
    broken: [{ version, on_air: true, code: "registry.altered" }],
  });
  const refusal = await problemOf(fresh.read(version));
  expect(refusal).toMatch(/^service\.model-refused .*registry\.altered/);
  expect(refusal).not.toContain(folder);

  const single = catalogueOfModel(await readPackage(packageOfRun(run), keyPath));
  expect(single.moves).toBeNull();
  expect(await single.history()).toEqual([]);
  await describeEverything(single, version);
});

async function describeEverything(catalogue: ModelCatalogue, version: string): Promise<void> {
  const detail = modelDetailSchema.parse(await catalogue.read(version));
  expect(detail).toMatchObject({ version, has_report: true, has_card: true, learning_curve: { axis: "factors" } });
  expect(detail.scores.length).toBeGreaterThan(10);
  expect(detail.checks.map(({ name }) => name)).toContain("privacy");
  expect(await catalogue.report(version)).toMatch(/^<!doctype html>/);
  expect(await catalogue.card(version)).toContain("# ");
  const reference = modelReferenceSchema.parse(await catalogue.reference(version));
  expect(reference.simulated_patients).toBe(true);
  expect(reference.pathways.length).toBeGreaterThan(0);
  expect(reference.survival.map(({ stratum }) => stratum)).toEqual(["all", "metastatic", "localised"]);
  expect(await problemOf(catalogue.read("f".repeat(16)))).toMatch(/^service\.model-unknown/);
}
