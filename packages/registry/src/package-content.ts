import { createHash } from "node:crypto";
import {
  manifestDraftSchema,
  manifestFormatVersion,
  manifestSchema,
  type Manifest,
  type ManifestDraft,
  type TensorDigest,
} from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { decodeSafetensors, encodeSafetensors, type Tensor, type TensorData } from "@osteon/safetensors";
import { encodeCanonicalJson } from "./canonical-json.ts";

/** What goes into a package. */
export interface PackageContent {
  readonly manifest: ManifestDraft;
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** JSON values that the model needs in order to generate (description, feature state); part of its version. */
  readonly documents: Readonly<Record<string, unknown>>;
  /** JSON values told about the model (validation, de-identification record); not part of its version. */
  readonly records?: Readonly<Record<string, unknown>>;
}

/** What comes out of a package, checked. Documents and records are JSON values for their readers to parse. */
export interface OpenedPackage {
  readonly manifest: Manifest;
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly documents: Readonly<Record<string, unknown>>;
  readonly records: Readonly<Record<string, unknown>>;
}

const manifestKey = "osteon.manifest";
const documentPrefix = "osteon.document/";
const recordPrefix = "osteon.record/";

/**
 * The whole manifest of a content: the draft together with the digests and the version that follow
 * from it. Equal content gives an equal manifest.
 *
 * @throws `registry.manifest`, `registry.document`
 */
export function completeManifest(content: PackageContent): Manifest {
  const draft = manifestDraftSchema.safeParse(content.manifest);
  if (!draft.success) throw refusal("the package to be sealed", draft.error);
  const digests = {
    tensors: mapValues(content.tensors, digestTensor),
    documents: mapValues(encodeAll(content.documents), sha256),
    records: mapValues(encodeAll(content.records ?? {}), sha256),
  };
  return {
    ...draft.data,
    formatVersion: manifestFormatVersion,
    ...versionOf({ ...draft.data, ...digests }),
    ...digests,
  };
}

/**
 * Lays a content out as one safetensors file, whose metadata hold the manifest, the documents and
 * the records as canonical JSON. Equal content gives equal bytes.
 */
export function encodePackageContent(content: PackageContent, manifest: Manifest): Uint8Array {
  const metadata: Record<string, string> = { [manifestKey]: encodeCanonicalJson(manifest, "the manifest") };
  for (const [name, json] of Object.entries(encodeAll(content.documents))) metadata[documentPrefix + name] = json;
  for (const [name, json] of Object.entries(encodeAll(content.records ?? {}))) metadata[recordPrefix + name] = json;
  return encodeSafetensors({ tensors: content.tensors, metadata });
}

/**
 * Reads what {@link encodePackageContent} wrote and holds every part against the manifest.
 *
 * @throws `safetensors.malformed`, `registry.manifest`, `registry.unsupported-version`, `registry.altered`
 */
export function decodePackageContent(bytes: Uint8Array, file: string): OpenedPackage {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const documents: Record<string, string> = {};
  const records: Record<string, string> = {};
  for (const [key, text] of Object.entries(metadata)) {
    if (key.startsWith(documentPrefix)) documents[key.slice(documentPrefix.length)] = text;
    else if (key.startsWith(recordPrefix)) records[key.slice(recordPrefix.length)] = text;
    else if (key !== manifestKey) {
      throw osteonError("registry.manifest", { file, problems: "it stands beside an entry that Osteon does not know" });
    }
  }
  const manifest = parseManifest(metadata[manifestKey], file);
  requireEqual(mapValues(tensors, digestTensor), manifest.tensors, "tensor", file);
  requireEqual(mapValues(documents, sha256), manifest.documents, "document", file);
  requireEqual(mapValues(records, sha256), manifest.records, "record", file);
  const version = versionOf(manifest);
  if (version.contentDigest !== manifest.contentDigest || version.modelVersion !== manifest.modelVersion) {
    throw osteonError("registry.altered", { file, part: "the content digest of its manifest" });
  }
  return {
    manifest,
    tensors,
    documents: mapValues(documents, (json) => parseDocument(json, file)),
    records: mapValues(records, (json) => parseDocument(json, file)),
  };
}

function parseManifest(text: string | undefined, file: string): Manifest {
  if (text === undefined) throw osteonError("registry.manifest", { file, problems: "there is none" });
  const value = parseDocument(text, file);
  // The version is looked at first: a newer manifest shall be called newer, not full of unknown fields.
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === "number" && version !== manifestFormatVersion) {
    const supported = manifestFormatVersion;
    throw osteonError("registry.unsupported-version", { file, part: "manifest", version, supported });
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw refusal(file, parsed.error);
  return parsed.data;
}

function parseDocument(json: string, file: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw osteonError("registry.manifest", { file, problems: "a document is not JSON" });
  }
}

/** Digest and name of what decides the generated patients; see the manifest's schema. */
function versionOf(
  manifest: Pick<Manifest, "family" | "seed" | "options" | "training" | "tensors" | "documents">,
): Pick<Manifest, "contentDigest" | "modelVersion"> {
  const { family, seed, options, training, tensors, documents } = manifest;
  const decisive = { formatVersion: manifestFormatVersion, family, seed, options, training, tensors, documents };
  const contentDigest = sha256(encodeCanonicalJson(decisive, "the manifest"));
  return { contentDigest, modelVersion: contentDigest.slice(0, 16) };
}

function digestTensor({ shape, data }: Tensor): TensorDigest {
  return {
    type: typeName(data),
    shape: [...shape],
    sha256: sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  };
}

function typeName(data: TensorData): TensorDigest["type"] {
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint32Array) return "uint32";
  if (data instanceof Int16Array) return "int16";
  return data instanceof Int8Array ? "int8" : "uint8";
}

function requireEqual(
  found: Readonly<Record<string, unknown>>,
  stated: Readonly<Record<string, unknown>>,
  what: string,
  file: string,
): void {
  for (const name of new Set([...Object.keys(found), ...Object.keys(stated)])) {
    const one = encodeCanonicalJson(found[name] ?? null, name);
    if (one !== encodeCanonicalJson(stated[name] ?? null, name)) {
      throw osteonError("registry.altered", { file, part: `the ${what} "${name}"` });
    }
  }
}

function refusal(file: string, error: { readonly issues: readonly { path: PropertyKey[]; message: string }[] }) {
  const problems = error.issues.map(({ path, message }) => `${path.map(String).join(".") || "manifest"}: ${message}`);
  return osteonError("registry.manifest", { file, problems: problems.join("; ") });
}

function encodeAll(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encodeCanonicalJson(value, name)]));
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
