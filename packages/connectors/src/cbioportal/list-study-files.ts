import { listCaseLists } from "./case-list-files.ts";
import { createFolderContext } from "../text/folder-context.ts";
import { readStudyIndex } from "./study-index.ts";

/**
 * The files of a study folder that {@link readCbioportalStudy} may read: meta files, the data files they
 * name, case lists. Names inside the folder, sorted; whatever else lies there is not among them.
 *
 * @throws what reading the meta files and {@link listCaseLists} throw
 */
export async function listStudyFiles(directory: string): Promise<readonly string[]> {
  const { patients, samples, mutations, copyNumber, expression, genePanels } = await readStudyIndex(
    createFolderContext(directory),
  );
  const profiles = [patients, samples, mutations, copyNumber, ...expression, genePanels];
  const described = profiles.flatMap((profile) => (profile ? [profile.meta.file, profile.dataFile] : []));
  return [...new Set([...described, ...(await listCaseLists(directory))])].sort();
}
