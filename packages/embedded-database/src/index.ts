export { type DirectoryLock, lockDirectory, type LockHolder } from "./directory-lock.ts";
export { openEmbeddedDatabase } from "./open-embedded-database.ts";
