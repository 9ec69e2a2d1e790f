import { listCaseLists } from "./case-list-files.ts";
import { defaultLineLimitBytes, type ReadingContext } from "./files/reading-context.ts";
import { readStudyIndex } from "./study-index.ts";

/**
 * The files of a study folder that {@link readCbioportalStudy} may read: meta files, the data files they
 * name, case lists. Names inside the folder, sorted; whatever else lies there is not among them.
 *
 * @throws what reading the meta files and {@link listCaseLists} throw
 */
export async function listStudyFiles(directory: string): Promise<readonly string[]> {
  const context: ReadingContext = {
    directory,
    fieldsToRemove: [],
    lineLimitBytes: defaultLineLimitBytes,
    columns: [],
    findings: [],
    files: [],
    refusals: [],
    notes: [],
    removedFields: new Set(),
  };
  const { patients, samples, mutations, copyNumber, expression, genePanels } = await readStudyIndex(context);
  const profiles = [patients, samples, mutations, copyNumber, ...expression, genePanels];
  const described = profiles.flatMap((profile) => (profile ? [profile.meta.file, profile.dataFile] : []));
  return [...new Set([...described, ...(await listCaseLists(directory))])].sort();
}
