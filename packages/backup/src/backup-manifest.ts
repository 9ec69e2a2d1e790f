import { z } from "zod";

/** What a backup's last entry is called. That it is there says that the backup is whole. */
export const manifestName = "manifest.json";
export const backupFormatVersion = 1;

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A path inside a backup: words between slashes, none of which leads out of the directory that it is restored into,
 * and none of which Windows would take for something else.
 */
const pathSchema = z
  .string()
  .max(1_000)
  .regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/\\:\0]+(?:\/[^/\\:\0]+)*$/);

export const backupManifestSchema = z.strictObject({
  format: z.literal("osteon-backup"),
  formatVersion: z.literal(backupFormatVersion),
  osteonVersion: z.string().min(1).max(64),
  createdAt: z.iso.datetime(),
  /** What was on air at the moment that the backup is of, and after how many moves. */
  onAir: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable(),
  moves: z.int().min(0),
  /** Where moves and packages lay. */
  metadata: z.enum(["directory", "postgres"]),
  packages: z.enum(["directory", "s3"]),
  /** Keys of the configuration (`registry.signing_key_path`) and the paths inside that they are to name. */
  configured: z.record(z.string(), z.union([pathSchema, z.array(pathSchema)])),
  files: z.array(z.strictObject({ path: pathSchema, bytes: z.int().min(0), sha256: digestSchema })),
});

export type BackupManifest = z.infer<typeof backupManifestSchema>;
export type BackedUpFile = BackupManifest["files"][number];

export function isBackupPath(path: string): boolean {
  return pathSchema.safeParse(path).success;
}
