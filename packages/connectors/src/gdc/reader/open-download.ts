import { stat } from "node:fs/promises";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { casesFile, readManifest, type GdcFile, type GdcManifest } from "../download/download-manifest.ts";
import type { GdcFileKind } from "../download/file-kinds.ts";

/**
 * The record of a download that is whole, by the sizes of its files; their digests were checked by the download.
 *
 * @throws connectors.gdc-no-download, .gdc-incomplete, .gdc-manifest
 */
export async function openDownload(directory: string): Promise<GdcManifest> {
  const manifest = await readManifest(directory);
  if (manifest === undefined) throw osteonError("connectors.gdc-no-download", { directory });
  const { files, cases } = manifest;
  const expected = [{ path: casesFile, bytes: cases.bytes }, ...files];
  let missing = 0;
  for (const { path, bytes } of expected) {
    const size = await stat(join(directory, path)).then(
      (stats) => stats.size,
      () => -1,
    );
    if (size !== bytes) missing++;
  }
  if (missing > 0) throw osteonError("connectors.gdc-incomplete", { missing, files: expected.length });
  return manifest;
}

export function filesOfKind({ files }: GdcManifest, kind: GdcFileKind): readonly GdcFile[] {
  return files.filter((file) => file.kind === kind);
}

/** Of each sample the file of its first aliquot by id, and how many further ones there are. */
export function fileOfEachSample(files: readonly GdcFile[]): {
  readonly paths: ReadonlyMap<string, string>;
  readonly further: number;
} {
  const first = new Map<string, { readonly aliquot: string; readonly path: string }>();
  let further = 0;
  for (const { path, aliquots } of files) {
    for (const { sample, aliquot } of aliquots) {
      const rival = first.get(sample);
      if (rival !== undefined) further++;
      if (rival === undefined || aliquot < rival.aliquot) first.set(sample, { aliquot, path });
    }
  }
  return { paths: new Map([...first].map(([sample, { path }]) => [sample, path])), further };
}
