import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "@osteon/safetensors";
import { createIdentity, type Identity } from "./identity.ts";
import { openPackage, sealPackage } from "./model-package.ts";
import {
  completeManifest,
  decodePackageContent,
  encodePackageContent,
  type PackageContent,
} from "./package-content.ts";
import { inspectHeader, readPackage, writePackage } from "./package-file.ts";
import { openContent, sealBytes, sealContent } from "./seal.ts";

const content: PackageContent = {
  manifest: {
    family: "factor-copula",
    createdAt: "2026-01-02T03:04:05.000Z",
    osteonVersion: "0.1.0",
    seed: 42,
    options: { rank: 4, drivers: ["TP53", "RB1"] },
    training: {
      patients: 120,
      events: 40,
      genes: 3,
      mutationGenes: 2,
      copyNumberGenes: 1,
      expressionUnit: "log2(TPM+1)",
      simulated: true,
      cohortDigest: "ab".repeat(32),
    },
    scores: { mutationFrequency: { value: 0.9, ceiling: 0.95, floor: 0.1, photocopy: 1, calibrated: null } },
  },
  tensors: {
    loadings: { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    means: { shape: [3], data: Float64Array.of(0.1, -0, 1e-300) },
    empty: { shape: [0], data: new Int8Array(0) },
  },
  documents: { description: { rank: 4 }, features: { genes: ["A", "B", "C"] } },
  records: { validation: { score: 0.9 } },
};
const changed = (change: Partial<PackageContent["manifest"]>): PackageContent => ({
  ...content,
  manifest: { ...content.manifest, ...change },
});

let identity: Identity;
beforeAll(async () => {
  identity = await createIdentity();
});

describe("a sealed package", () => {
  it("gives back all that was put in, to the bit", async () => {
    const opened = await openPackage(await sealPackage(content, [identity.recipient]), identity);
    expect(opened.tensors).toEqual(content.tensors);
    expect(Object.is(opened.tensors["means"]!.data[1], -0)).toBe(true);
    expect(opened.documents).toEqual(content.documents);
    expect(opened.records).toEqual(content.records);
    expect(opened.manifest).toEqual(completeManifest(content));
    expect(opened.manifest).toMatchObject({ ...content.manifest, formatVersion: 1 });
  });

  it("refuses a wrong key, an intermediate, and a header that does not fit the inside", async () => {
    const sealed = await sealPackage(content, [identity.recipient]);
    const stranger = await createIdentity();
    await expect(openPackage(sealed, stranger)).rejects.toMatchObject({ code: "registry.wrong-key" });
    const intermediate = await sealBytes(new Uint8Array(3), [identity.recipient]);
    await expect(openPackage(intermediate, identity)).rejects.toMatchObject({ code: "registry.wrong-kind" });
    const { description, content: inside } = await openContent(sealed, [identity], "model-package", "p");
    const relabelled = await sealContent(inside, [identity.recipient], {
      ...description,
      modelVersion: "0".repeat(16),
    });
    await expect(openPackage(relabelled, identity)).rejects.toMatchObject({ code: "registry.altered" });
  });
});

describe("the model version", () => {
  const versionOf = (value: PackageContent) => completeManifest(value).modelVersion;

  it("is the same for the same model, whenever and by whichever release it was sealed", () => {
    const same = [
      changed({ createdAt: "2027-01-01T00:00:00Z" }),
      changed({ osteonVersion: "9.9.9" }),
      changed({ scores: {} }),
      changed({ options: { drivers: ["TP53", "RB1"], rank: 4 } }),
      { ...content, records: {} },
    ];
    for (const one of same) expect(versionOf(one)).toBe(versionOf(content));
  });

  it("changes with everything that decides the patients", () => {
    const others = [
      changed({ seed: 43 }),
      changed({ family: "other" }),
      changed({ options: { rank: 5 } }),
      changed({ training: { ...content.manifest.training, cohortDigest: "cd".repeat(32) } }),
      { ...content, tensors: { ...content.tensors, means: { shape: [3], data: Float64Array.of(0.1, 0, 1e-300) } } },
      { ...content, tensors: { ...content.tensors, loadings: { ...content.tensors["loadings"]!, shape: [2, 3] } } },
      { ...content, documents: { ...content.documents, features: { genes: ["A", "C", "B"] } } },
    ];
    const versions = new Set([content, ...others].map(versionOf));
    expect(versions.size).toBe(others.length + 1);
  });

  it("comes with equal bytes inside for equal content", () => {
    const again = structuredClone(content);
    expect(encodePackageContent(again, completeManifest(again))).toEqual(
      encodePackageContent(content, completeManifest(content)),
    );
  });
});

describe("a manifest that does not fit", () => {
  const inside = () => decodeSafetensors(encodePackageContent(content, completeManifest(content)));
  const withManifest = (change: Record<string, unknown>): Uint8Array => {
    const { tensors, metadata } = inside();
    const manifest = { ...(JSON.parse(metadata["osteon.manifest"]!) as object), ...change };
    return encodeSafetensors({ tensors, metadata: { ...metadata, "osteon.manifest": JSON.stringify(manifest) } });
  };

  it("is refused for an unknown field, a missing one, a value out of range", () => {
    expect(() => decodePackageContent(withManifest({ onLoad: "rm -rf" }), "p")).toThrow(/manifest in p .*onLoad/);
    expect(() => decodePackageContent(withManifest({ seed: -1 }), "p")).toThrow(/seed/);
    expect(() => decodePackageContent(withManifest({ training: { patients: 3 } }), "p")).toThrow(/training\.events/);
  });

  it("is called newer when it is newer", () => {
    expect(() => decodePackageContent(withManifest({ formatVersion: 2, novelty: true }), "p")).toThrow(
      /format version 2 of its manifest/,
    );
  });

  it("is refused when it is absent, no JSON, or beside an unknown entry", () => {
    const { tensors, metadata } = inside();
    const decode = (entries: Record<string, string>) => () =>
      decodePackageContent(encodeSafetensors({ tensors, metadata: entries }), "p");
    expect(decode({})).toThrow(/there is none/);
    expect(decode({ ...metadata, "osteon.manifest": "{" })).toThrow(/not JSON/);
    expect(decode({ ...metadata, pickle: "cos\nsystem" })).toThrow(/does not know/);
  });

  it("shows which part differs from its digest", () => {
    const { tensors, metadata } = inside();
    const decode = (file: Parameters<typeof encodeSafetensors>[0]) => () =>
      decodePackageContent(encodeSafetensors(file), "p");
    const other = { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 7) };
    expect(decode({ tensors: { ...tensors, loadings: other }, metadata })).toThrow(/the tensor "loadings"/);
    expect(decode({ tensors: { ...tensors, added: other }, metadata })).toThrow(/the tensor "added"/);
    const { empty: _, ...fewer } = tensors;
    expect(decode({ tensors: fewer, metadata })).toThrow(/the tensor "empty"/);
    const documents = { ...metadata, "osteon.document/features": '{"genes":["X"]}' };
    expect(decode({ tensors, metadata: documents })).toThrow(/the document "features"/);
    const records = { ...metadata, "osteon.record/validation": '{"score":1}' };
    expect(decode({ tensors, metadata: records })).toThrow(/the record "validation"/);
    expect(() => decodePackageContent(withManifest({ seed: 43 }), "p")).toThrow(/content digest/);
    expect(() => decodePackageContent(withManifest({ modelVersion: "0".repeat(16) }), "p")).toThrow(/content digest/);
  });

  it("is refused at sealing already", async () => {
    const seal = (value: PackageContent) => sealPackage(value, [identity.recipient]);
    await expect(seal(changed({ createdAt: "yesterday" }))).rejects.toThrow(/createdAt/);
    await expect(seal({ ...content, documents: { model: { mean: NaN } } })).rejects.toThrow(/mean is a number/);
  });
});

describe("a package file", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "osteon-package-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is written whole, told about in the clear, and read with a key file", async () => {
    const path = join(folder, "model.osteon");
    const written = await writePackage(path, content, [identity.recipient]);
    expect(await readdir(folder)).toEqual(["model.osteon"]);
    expect((await stat(path)).size).toBe(written.sizeBytes);
    const header = await inspectHeader(path);
    expect(header.totalBytes).toBe(written.sizeBytes);
    expect(header.description).toEqual({
      kind: "model-package",
      family: "factor-copula",
      modelVersion: written.manifest.modelVersion,
      createdAt: content.manifest.createdAt,
      osteonVersion: "0.1.0",
      trainedOnSimulatedPatients: true,
    });
    expect((await readPackage(path, identity)).manifest).toEqual(written.manifest);
  });

  it("names itself in every refusal", async () => {
    const path = join(folder, "model.osteon");
    await expect(readPackage(path, identity)).rejects.toThrow(`${path} cannot be read (ENOENT)`);
    await expect(inspectHeader(folder)).rejects.toMatchObject({ code: "registry.unreadable" });
    await writePackage(path, content, [identity.recipient]);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 1));
    await expect(readPackage(path, identity)).rejects.toThrow(`${path} ends too early`);
    await expect(inspectHeader(path)).rejects.toMatchObject({ code: "registry.truncated" });
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path, bytes);
    await expect(readPackage(path, identity)).rejects.toThrow(`${path} was altered after it was sealed`);
    await writeFile(path, "");
    await expect(inspectHeader(path)).rejects.toMatchObject({ code: "registry.truncated" });
  });
});
