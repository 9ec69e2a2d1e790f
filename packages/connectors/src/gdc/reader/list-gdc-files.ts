import { casesFile } from "../download/download-manifest.ts";
import { openDownload } from "./open-download.ts";

/**
 * The files of a download that `readGdcDownload` reads, by names inside the folder, sorted. The record itself is not
 * among them: it tells when and where from the same files came.
 *
 * @throws what {@link openDownload} throws
 */
export async function listGdcFiles(directory: string): Promise<readonly string[]> {
  const { files } = await openDownload(directory);
  return [casesFile, ...files.map(({ path }) => path)].sort();
}
