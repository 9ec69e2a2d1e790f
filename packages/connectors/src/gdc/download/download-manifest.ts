import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { z } from "zod";
import { gdcFileKinds } from "./file-kinds.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Name of a download's record inside its folder. */
const manifestFile = "manifest.json";
/** One case a line. */
export const casesFile = "cases.jsonl";

/** Lower case, as the GDC writes them and as files are named here. */
export const uuidSchema = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const md5Schema = z.string().regex(/^[0-9a-f]{32}$/);

const fileSchema = z.strictObject({
  /** UUID of the file at the GDC. */
  id: uuidSchema,
  kind: z.enum(gdcFileKinds),
  /** Inside the folder; made here, as a server's name might lead anywhere. */
  path: z.string().regex(/^(?:mutations|expression|copy-number)\/[0-9a-f-]{36}\.(?:maf\.gz|tsv)$/),
  bytes: z.int().min(0),
  md5: md5Schema,
  state: z.enum(["pending", "done"]),
  /** What was measured: aliquots of samples of cases, by submitter id. */
  aliquots: z.array(z.strictObject({ aliquot: z.string().min(1), sample: z.string().min(1) })),
});

const manifestSchema = z.strictObject({
  format: z.literal("osteon-gdc-download-1"),
  project: z.string().min(1),
  service: z.string().min(1),
  listedAt: z.iso.datetime(),
  cases: z.strictObject({ count: z.int().min(0), bytes: z.int().min(0), md5: md5Schema }),
  files: z.array(fileSchema),
});

export type GdcFile = z.infer<typeof fileSchema>;
export type GdcManifest = z.infer<typeof manifestSchema>;

/**
 * The record of a download; undefined for a folder without one.
 *
 * @throws connectors.gdc-manifest
 */
export async function readManifest(directory: string): Promise<GdcManifest | undefined> {
  let text: string;
  try {
    text = await readFile(join(directory, manifestFile), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw osteonError("connectors.unreadable", { file: manifestFile, reason: code ?? "unknown reason" });
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw osteonError("connectors.gdc-manifest", { file: manifestFile }, { cause: error });
  }
}

export async function writeManifest(directory: string, manifest: GdcManifest): Promise<void> {
  await writeAtomically(join(directory, manifestFile), `${JSON.stringify(manifest, null, 1)}\n`);
}
