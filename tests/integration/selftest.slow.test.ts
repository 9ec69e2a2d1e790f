import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  selftestCheckNames,
  type DriftReference,
  type SelftestCheckName,
  type SelftestReport,
} from "@osteon/contracts";
import { packageOfRun } from "@osteon/pipeline";
import { createIdentity, readIdentity, readPackage, writePackage } from "@osteon/registry";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { printedBy } from "./support/in-process.ts";
import { startOsteon, type OsteonProcess } from "./support/osteon-process.ts";
import { outcomeOf, selftest } from "./support/selftest-subject.ts";
import { startStandIn, wellAnswers } from "./support/stand-in-service.ts";
import { writeTwoModels } from "./support/two-models.ts";

/*
 * The selftest on an installation with a trained model and its service, and then on copies in which what it says of
 * the model has to fail.
 */

/** An installation that is well: `registry`, `key.txt`, `backups`, `audit`, and a service on it. */
let folder: string;
let version: string;
let service: OsteonProcess;
let address: string;
const at = (...parts: string[]) => join(folder, ...parts);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-selftest-"));
  [version] = await writeTwoModels(folder);
  const groups = [
    "registry: { directory: registry }",
    "encryption: { key_path: key.txt }",
    "backup: { directory: backups }",
    "service: { workers: 1 }",
  ];
  writeFileSync(at("osteon.yaml"), `${groups.join("\n")}\n`);
  await printedBy(["models", "promote", version, "--override", "--reason", "tests", "--config", at("osteon.yaml")]);
  const { recipient } = await createIdentity();
  await printedBy([
    "backup",
    "--config",
    at("osteon.yaml"),
    "--recipient",
    recipient,
    "--out",
    at("backups"),
    "--json",
  ]);
  service = startOsteon(["serve", "--config", at("osteon.yaml"), "--port", "0", "--log", at("service.log")]);
  address = (await service.waitFor(/, at (http:\/\/\S+) \(token/))[1]!;
}, 300_000);
afterAll(async () => {
  service.child.kill("SIGTERM");
  await service.ended;
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of the files, to be spoilt. */
function copyOfFiles(): string {
  const copy = mkdtempSync(join(tmpdir(), "osteon-selftest-copy-"));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  for (const name of ["registry", "key.txt", "audit", "osteon.yaml"]) {
    cpSync(at(name), join(copy, name), { recursive: true });
  }
  return copy;
}

const checkOf = (report: SelftestReport | undefined, name: SelftestCheckName) =>
  report!.checks.find((check) => check.name === name)!;
const statesOf = (report: SelftestReport | undefined) =>
  Object.fromEntries(report!.checks.map(({ name, state }) => [name, state]));

describe("osteon selftest", () => {
  it("passes an installation that is well, and says what it did not check", async () => {
    const { report, code } = await selftest(["--url", address, "--config", at("osteon.yaml"), "--accept-override"]);
    expect(report!.checks.map(({ name }) => name)).toEqual(selftestCheckNames);
    expect(statesOf(report)).toEqual({
      ...Object.fromEntries(selftestCheckNames.map((name) => [name, "passed"])),
      certificate: "not checked",
      "release-gate": "not checked",
    });
    expect(code).toBe(0);
    expect(checkOf(report, "latency")).toMatchObject({
      figures: [
        { name: "p50", unit: "ms" },
        { name: "p99", unit: "ms", limit: { kind: "at most", value: 1_000 } },
        { name: "max", unit: "ms" },
      ],
      finding: expect.stringMatching(/^200 requests .* over 1 connection\.$/),
    });
    expect(checkOf(report, "release-gate").finding).toMatch(/not passed.*overridden by .*“tests”/);
    // The trail keeps that it was verified.
    expect(await printedBy(["audit", "list", "--config", at("osteon.yaml")])).toContain("audit.verified");
  });

  it("takes the gate as a promotion does: an override is a failure unless it is accepted", async () => {
    const { report, code } = await selftest(["--config", at("osteon.yaml")]);
    expect(Object.entries(statesOf(report)).filter(([, state]) => state === "failed")).toEqual([
      ["release-gate", "failed"],
    ]);
    expect(code).toBe(3);
  });

  it("leaves files out where only an address is given, and takes the gate from the service", async () => {
    const token = readFileSync(at("registry", "keys", "api-token"), "utf8").trim();
    const { report } = await selftest(["--url", address], { OSTEON_API_TOKEN: token });
    expect(report!.registry).toBeNull();
    expect(statesOf(report)).toMatchObject({
      health: "passed",
      latency: "passed",
      model: "not checked",
      version: "not checked",
      "release-gate": "failed",
      backup: "not checked",
    });
    expect(checkOf(report, "model").finding).toMatch(/Only an address is given/);
  });
});

describe("of the model, each check can fail:", () => {
  it("the package, where one byte was changed", async () => {
    const copy = copyOfFiles();
    const packages = join(copy, "registry", "packages");
    const file = join(
      packages,
      readdirSync(packages).find((name) => name.startsWith(version))!,
    );
    const bytes = readFileSync(file);
    bytes[bytes.length - 200]! ^= 1;
    chmodSync(file, 0o600);
    writeFileSync(file, bytes);
    const { report, code } = await selftest(["--config", join(copy, "osteon.yaml")]);
    expect(checkOf(report, "model")).toMatchObject({ state: "failed", finding: expect.stringMatching(/registry\./) });
    expect(code).toBe(4);
  });

  it("the version, where another model is served than is on air", async () => {
    const url = await startStandIn(wellAnswers("0123456789abcdef"));
    expect(await outcomeOf("version", { url, files: copyOfFiles() })).toMatchObject({
      state: "failed",
      finding: `The service serves 0123456789abcdef, and ${version} is on air.`,
    });
    const same = await startStandIn(wellAnswers(version));
    expect(await outcomeOf("version", { url: same, files: copyOfFiles() })).toMatchObject({ state: "passed" });
  });

  it("the output, where the model gives other patients than when it was sealed", async () => {
    const copy = copyOfFiles();
    const shifted = await sealWithOtherReference(copy);
    const override = ["--override", "--reason", "tests", "--json"];
    await printedBy(["models", "promote", shifted, ...override, "--config", join(copy, "osteon.yaml")]);
    expect(await outcomeOf("output", { files: copy })).toMatchObject({
      state: "failed",
      finding: expect.stringMatching(/^Two draws differ from 1,000 patients/),
    });
    expect(await outcomeOf("drift", { files: copy })).toMatchObject({
      state: "failed",
      finding: "Nothing was recorded before; computed now, what the model gives: drift.",
    });
    expect(await outcomeOf("model", { files: copy })).toMatchObject({ state: "passed" });
  });
});

/** Adds a model to a copy's registry whose frozen output lies elsewhere, by a standard deviation. @returns its version */
async function sealWithOtherReference(copy: string): Promise<string> {
  const key = at("key.txt");
  const { manifest, records, ...content } = await readPackage(packageOfRun(at("run")), key);
  const reference = records["drift_output_reference"] as DriftReference;
  const variables = reference.variables.map((variable) => ({
    ...variable,
    cuts: variable.cuts.map(({ value, tie }) => ({ value: value + 16 * variable.step, tie })),
  }));
  const { family, createdAt, osteonVersion, seed, options, training, scores } = manifest;
  const draft = { family, createdAt, osteonVersion, seed: seed + 7, options, training, scores };
  const { recipient } = await readIdentity(key);
  const file = join(copy, "shifted.osteon");
  const { manifest: written } = await writePackage(
    file,
    { manifest: draft, ...content, records: { ...records, drift_output_reference: { ...reference, variables } } },
    [recipient],
  );
  await printedBy(["models", "add", "-m", file, "--key", key, "--registry", join(copy, "registry"), "--json"]);
  return written.modelVersion;
}
