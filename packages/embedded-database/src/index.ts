export { type DirectoryLock, lockDirectory, releaseOwnLock, type LockHolder } from "./directory-lock.ts";
export { openEmbeddedDatabase } from "./open-embedded-database.ts";
