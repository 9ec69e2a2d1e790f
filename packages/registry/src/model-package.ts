import type { Manifest } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { IdentitySource } from "./identity-file.ts";
import {
  completeManifest,
  decodePackageContent,
  encodePackageContent,
  type OpenedPackage,
  type PackageContent,
} from "./package-content.ts";
import { openContent, sealContent } from "./seal.ts";
import type { Description } from "./sealed-header.ts";

const packageKind = "model-package";

/**
 * Seals a fitted model as one encrypted file that {@link openPackage} reads.
 *
 * @param recipients public keys `age1…`; each of their keys opens the package alone
 * @throws `registry.manifest`, `registry.document`, `registry.recipient`
 */
export async function sealPackage(content: PackageContent, recipients: readonly string[]): Promise<Uint8Array> {
  const manifest = completeManifest(content);
  return sealContent(encodePackageContent(content, manifest), recipients, describeOpenly(manifest));
}

/**
 * Opens a package and checks all of it: container, encryption, manifest, the digest of every tensor
 * and document. Nothing of the package is executed.
 *
 * @param file how error messages call it
 * @throws the errors of {@link openSealed}, `registry.manifest`, `safetensors.malformed`
 */
export async function openPackage(
  bytes: Uint8Array,
  identity: IdentitySource,
  file = "the package",
): Promise<OpenedPackage> {
  const { content, description } = await openContent(bytes, [identity], packageKind, file);
  const opened = decodePackageContent(content, file);
  // The clear header is not encrypted and so not authenticated: it counts only if the inside agrees.
  const expected = describeOpenly(opened.manifest);
  const names = new Set([...Object.keys(expected), ...Object.keys(description)]);
  if ([...names].some((name) => expected[name] !== description[name])) {
    throw osteonError("registry.altered", { file, part: "its header" });
  }
  return opened;
}

/**
 * Seals an opened package's bytes anew, for other recipients; its content and version stay as they are.
 *
 * Not only the file key is wrapped anew, as age would allow: a custodian who leaves may have kept it, and with it
 * opens every file that goes on using it.
 *
 * @throws the errors of {@link openPackage}, `registry.recipient`
 */
export async function resealPackage(
  bytes: Uint8Array,
  identity: IdentitySource,
  recipients: readonly string[],
  file = "the package",
): Promise<Uint8Array> {
  // Whole, so that nothing damaged gets a fresh seal.
  await openPackage(bytes, identity, file);
  const { content, description } = await openContent(bytes, [identity], packageKind, file);
  return sealContent(content, recipients, description);
}

/** What anybody who holds the file may know without a key. */
function describeOpenly({ family, modelVersion, createdAt, osteonVersion, training }: Manifest): Description {
  const { simulated } = training;
  return { kind: packageKind, family, modelVersion, createdAt, osteonVersion, trainedOnSimulatedPatients: simulated };
}
