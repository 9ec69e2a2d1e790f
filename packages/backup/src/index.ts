export { fileOfBytes, fileOfDisk, type ArchiveFile } from "./archive/archive-file.ts";
export { readArchive, type FileVisitor } from "./archive/read-archive.ts";
export { readBackupStatus, writeBackup, type BackupStatus, type FinishedBackup } from "./backup-directory.ts";
export { backupFormatVersion, type BackedUpFile, type BackupManifest } from "./backup-manifest.ts";
export { restoreDirectory, writeRestoredFile, type RestoredDirectory } from "./restore/restored-directory.ts";
