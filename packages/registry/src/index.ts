export { createFileAtomically, syncFolder, writeFileAtomically } from "./atomic-file.ts";
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
export { isOpenToOthers, keyText, readKeyFile, readKeyFileBytes } from "./key-file.ts";
export { listNames } from "./list-names.ts";
export { keyCommand, type KeyCommand } from "./key-source/key-command.ts";
export { keyFile, toKeySource, type KeySource, type Unlock } from "./key-source/key-source.ts";
export { isProtected, protectKey, whyNoPassphrase } from "./key-source/protected-key.ts";
export { openPackage, resealPackage, sealPackage } from "./model-package.ts";
export { completeManifest, type OpenedPackage, type PackageContent } from "./package-content.ts";
export { inspectHeader, readPackage, writePackage, type WrittenPackage } from "./package-file.ts";
export { openSealed, sealBytes } from "./seal.ts";
export { decryptStream, encryptStream } from "./seal-stream.ts";
export type { Description, SealedHeader } from "./sealed-header.ts";
export { createDirectoryMoveLog, nameOfMove } from "./production/directory-move-log.ts";
export type { MoveLog } from "./production/move-log.ts";
export { versionsOnCall } from "./production/rollback-target.ts";
export type { ProductionMove } from "./production/production-move.ts";
export {
  ModelRegistry,
  type MoveRequest,
  type PromotionRequest,
  type RegisteredPackage,
  type RegisteredVersion,
  type RegistryOptions,
} from "./model-registry.ts";
export { openEnvelope, signEnvelope, type SignedEnvelope } from "./signature/envelope.ts";
export { signPackage, verifyPackage, type PackageFacts } from "./signature/package-statement.ts";
export {
  createSigningKey,
  createSigningKeyFile,
  readSigningKey,
  readVerificationKey,
  SigningKey,
  VerificationKey,
} from "./signature/signing-key.ts";
export { systemErrorCode } from "./system-error.ts";
export { encodeBundle, decodeBundle } from "./store/bundle.ts";
export { createDirectoryPackageStore } from "./store/directory-package-store.ts";
export type { PackageStore, StoredPackage } from "./store/package-store.ts";
export { createObjectPackageStore } from "./store/object-package-store.ts";
export type { ObjectStorageAddress } from "./store/object-storage.ts";
