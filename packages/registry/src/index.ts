export { createFileAtomically, writeFileAtomically } from "./atomic-file.ts";
export { encodeCanonicalJson } from "./canonical-json.ts";
export { createIdentity, Identity, parseIdentity, type IdentityKind } from "./identity.ts";
export {
  createIdentityFile,
  readIdentity,
  recipientOf,
  resolveIdentity,
  writeIdentity,
  type IdentitySource,
} from "./identity-file.ts";
export { openPackage, sealPackage } from "./model-package.ts";
export { completeManifest, type OpenedPackage, type PackageContent } from "./package-content.ts";
export { inspectHeader, readPackage, writePackage, type WrittenPackage } from "./package-file.ts";
export { openSealed, sealBytes } from "./seal.ts";
export type { Description, SealedHeader } from "./sealed-header.ts";
